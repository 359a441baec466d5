package dev.lakehouse.remote;

import dev.lakehouse.remote.Finding.State;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Prints what a target of the bundle needs in a workspace, and the commands that create what is missing. */
public final class WorkspaceCheck {
    private WorkspaceCheck() {}

    /**
     * Prints what exists and what is missing.
     *
     * @param project the folder of {@code databricks.yml}
     * @param target the bundle's target; empty for its default
     * @param variables values of the bundle's variables in addition to those of its files and the environment
     * @return whether nothing is missing; what could not be checked is printed and does not count as missing
     */
    public static boolean print(
            Workspace workspace,
            Path project,
            Optional<String> target,
            Optional<String> profile,
            Map<String, String> variables,
            PrintStream out) {
        BundleNeeds needs = BundleNeeds.of(BundleCli.resolve(project, target, profile, variables));
        List<Finding> findings = new Preflight(workspace, needs, profile).findings();
        out.println("Target " + needs.target() + " of the bundle " + needs.bundle() + " in " + workspace.host());
        findings.forEach(finding -> print(finding, out));
        long missing = count(findings, State.MISSING);
        long unknown = count(findings, State.UNKNOWN);
        if (missing > 0) {
            out.println(missing + " of " + findings.size() + " are missing. Run the commands in this order.");
        } else {
            out.println(unknown > 0 ? "Nothing is missing as far as could be checked." : "Nothing is missing.");
        }
        if (unknown > 0) {
            out.println(unknown + " could not be checked with your rights.");
        }
        return missing == 0;
    }

    private static void print(Finding finding, PrintStream out) {
        out.printf(
                Locale.ROOT,
                "%-8s %-18s %s%n",
                finding.state().name().toLowerCase(Locale.ROOT),
                finding.kind(),
                HostileText.line(finding.name()));
        if (!finding.why().isEmpty()) {
            out.println("           " + HostileText.line(finding.why()));
        }
        finding.commands().forEach(command -> out.println("           $ " + HostileText.line(command)));
    }

    private static long count(List<Finding> findings, State state) {
        return findings.stream().filter(finding -> finding.state() == state).count();
    }
}
