package dev.lakehouse.workflow;

import dev.lakehouse.UserError;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

    /** {@code job.start_time.FORM} */
    record StartTime(Form form) implements Reference {}

    /** {@code tasks.TASK.values.KEY} */
    record TaskValue(String task, String key) implements Reference {}

    /** The forms of the start time, all in UTC. */
    enum Form {
        ISO_DATE,
        ISO_DATETIME,
        ISO_WEEKDAY,
        IS_WEEKDAY,
        YEAR,
        MONTH,
        DAY,
        HOUR,
        MINUTE,
        SECOND,
        TIMESTAMP_MS;

        String of(Instant start) {
            OffsetDateTime time = start.atOffset(ZoneOffset.UTC).truncatedTo(ChronoUnit.MILLIS);
            return switch (this) {
                case ISO_DATE -> time.toLocalDate().toString();
                case ISO_DATETIME -> time.format(DateTimeFormatter.ISO_INSTANT);
                case ISO_WEEKDAY -> Integer.toString(time.getDayOfWeek().getValue());
                case IS_WEEKDAY -> Boolean.toString(time.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) < 0);
                case YEAR -> Integer.toString(time.getYear());
                case MONTH -> Integer.toString(time.getMonthValue());
                case DAY -> Integer.toString(time.getDayOfMonth());
                case HOUR -> Integer.toString(time.getHour());
                case MINUTE -> Integer.toString(time.getMinute());
                case SECOND -> Integer.toString(time.getSecond());
                case TIMESTAMP_MS -> Long.toString(start.toEpochMilli());
            };
        }
    }

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
        String[] part = name.split("\\.", -1);
        if (name.matches("job\\.parameters\\.[A-Za-z0-9_.-]+")) {
            return new Parameter(name.substring("job.parameters.".length()));
        }
        if (name.matches("tasks\\.[A-Za-z0-9_-]+\\.values\\.[A-Za-z0-9_]+")) {
            return new TaskValue(part[1], part[3]);
        }
        if (name.matches("job\\.start_time\\.[a-z_]+")) {
            return Arrays.stream(Form.values())
                    .filter(form -> form.name().toLowerCase(Locale.ROOT).equals(part[2]))
                    .findFirst()
                    .map(StartTime::new)
                    .orElseThrow(() -> unknown(name, place));
        }
        throw unknown(name, place);
    }

    private static UserError unknown(String name, String place) {
        return new UserError(
                place + ": the reference {{" + name + "}} is not supported here.",
                "Known are job.parameters.NAME, job.run_id, job.start_time.FORM and tasks.TASK.values.KEY.",
                "Use one of these, or correct its spelling.");
    }
}
