package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dynamic value references, <code>{{…}}</code>: values that exist only once a run has started. Supported are
 * {@code job.run_id} and {@code job.parameters.NAME}, and {@code input} in the task of a {@code for_each_task}.
 */
final class Reference {
    private static final Pattern BRACES = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final String RUN_ID = "job.run_id";
    private static final String PARAMETER = "job.parameters.";
    private static final String INPUT = "input";

    /** Where a text is. */
    enum Scope {
        /** A task of a job, or the inputs of a {@code for_each_task}. */
        TASK("job.parameters.NAME and job.run_id"),
        /** The task that is repeated for each input. */
        ITERATION("input, job.parameters.NAME and job.run_id");

        private final String supported;

        Scope(String supported) {
            this.supported = supported;
        }
    }

    private Reference() {}

    /** The names of the job parameters that a text refers to. Unsupported references are refused by name. */
    static List<String> parameters(String text, String place) {
        return parameters(text, place, Scope.TASK);
    }

    /** The same for a text in a scope. */
    static List<String> parameters(String text, String place, Scope scope) {
        if (BRACES.matcher(text).replaceAll("").contains("{{")) {
            throw new UserError(
                    place + ": '" + text + "' has {{ without }}.",
                    "A reference is written {{…}}.",
                    "Close the braces.");
        }
        return BRACES.matcher(text)
                .results()
                .map(match -> known(match.group(1).trim(), place, scope))
                .filter(name -> name.startsWith(PARAMETER))
                .map(name -> name.substring(PARAMETER.length()))
                .toList();
    }

    /** Replaces the references in a text, all of which must be supported. */
    static String fill(String text, String place, String runId, UnaryOperator<String> parameters) {
        return fill(text, place, runId, parameters, Optional.empty());
    }

    /**
     * Replaces the references in a text, all of which must be supported. References in their values are not replaced.
     *
     * @param input the value of {@code input}; empty outside of iterations
     */
    static String fill(
            String text, String place, String runId, UnaryOperator<String> parameters, Optional<String> input) {
        Scope scope = input.isPresent() ? Scope.ITERATION : Scope.TASK;
        return BRACES.matcher(text).replaceAll(match -> {
            String name = known(match.group(1).trim(), place, scope);
            return Matcher.quoteReplacement(
                    switch (name) {
                        case RUN_ID -> runId;
                        case INPUT -> input.orElseThrow();
                        default -> parameters.apply(name.substring(PARAMETER.length()));
                    });
        });
    }

    private static String known(String name, String place, Scope scope) {
        if (name.equals(RUN_ID)
                || name.matches("job\\.parameters\\.[A-Za-z0-9_.-]+")
                || (name.equals(INPUT) && scope == Scope.ITERATION)) {
            return name;
        }
        throw new UserError(
                place + ": the reference {{" + name + "}} is not supported here.",
                "Supported are " + scope.supported + ".",
                "Use one of these, or correct its spelling.");
    }
}
