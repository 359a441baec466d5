package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dynamic value references, <code>{{…}}</code>: values that exist only once a run has started. Supported are
 * {@code job.run_id} and {@code job.parameters.NAME}.
 */
final class Reference {
    private static final Pattern BRACES = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);
    private static final String RUN_ID = "job.run_id";
    private static final String PARAMETER = "job.parameters.";

    private Reference() {}

    /** The names of the job parameters that a text refers to. Unsupported references are refused by name. */
    static List<String> parameters(String text, String place) {
        if (BRACES.matcher(text).replaceAll("").contains("{{")) {
            throw new UserError(
                    place + ": '" + text + "' has {{ without }}.",
                    "A reference is written {{…}}.",
                    "Close the braces.");
        }
        return BRACES.matcher(text)
                .results()
                .map(match -> known(match.group(1).trim(), place))
                .filter(name -> !name.equals(RUN_ID))
                .map(name -> name.substring(PARAMETER.length()))
                .toList();
    }

    /** Replaces the references in a text, all of which must be supported. */
    static String fill(String text, String place, String runId, UnaryOperator<String> parameters) {
        return BRACES.matcher(text).replaceAll(match -> {
            String name = known(match.group(1).trim(), place);
            return Matcher.quoteReplacement(
                    name.equals(RUN_ID) ? runId : parameters.apply(name.substring(PARAMETER.length())));
        });
    }

    private static String known(String name, String place) {
        if (name.equals(RUN_ID) || name.matches("job\\.parameters\\.[A-Za-z0-9_.-]+")) {
            return name;
        }
        throw new UserError(
                place + ": the reference {{" + name + "}} is not supported here.",
                "Supported are job.parameters.NAME and job.run_id.",
                "Use one of these, or correct its spelling.");
    }
}
