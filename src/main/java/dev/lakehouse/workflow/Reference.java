package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A dynamic value reference, <code>{{…}}</code>: a value that exists only once a run has started. */
sealed interface Reference {
    Pattern BRACES = Pattern.compile("\\{\\{(.*?)}}", Pattern.DOTALL);

    /** {@code job.parameters.NAME} */
    record Parameter(String name) implements Reference {}

    /** {@code job.run_id} */
    record RunId() implements Reference {}

    /** All references in a text; one that is not known here is refused by name. */
    static List<Reference> in(String text, String place) {
        if (BRACES.matcher(text).replaceAll("").contains("{{")) {
            throw new UserError(
                    place + ": '" + text + "' has {{ without }}.",
                    "A reference is written {{…}}.",
                    "Close the braces.");
        }
        return BRACES.matcher(text)
                .results()
                .map(match -> parse(match.group(1).trim(), place))
                .toList();
    }

    /** The text with its references, all known, replaced. */
    static String fill(String text, String place, Function<Reference, String> values) {
        return BRACES.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        values.apply(parse(match.group(1).trim(), place))));
    }

    private static Reference parse(String name, String place) {
        if ("job.run_id".equals(name)) {
            return new RunId();
        }
        if (name.matches("job\\.parameters\\.[A-Za-z0-9_.-]+")) {
            return new Parameter(name.substring("job.parameters.".length()));
        }
        throw new UserError(
                place + ": the reference {{" + name + "}} is not supported here.",
                "Known are job.parameters.NAME and job.run_id.",
                "Use one of these, or correct its spelling.");
    }
}
