package dev.lakehouse.table;

import dev.lakehouse.UserError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * A missing right in Unity Catalog, parsed from the catalogue's message, and the statement that grants it.
 *
 * @param privileges such as {@code USE SCHEMA}
 * @param kind of the object, such as {@code SCHEMA}
 * @param object its name, with catalogue and schema
 */
public record MissingRight(List<String> privileges, String kind, String object) {
    /** Such as "User does not have CREATE TABLE and USE SCHEMA on Schema 'prod.members'". */
    private static final Pattern LACKS = Pattern.compile(
            "does not have (?:permission |the )?(?<privileges>[A-Z][A-Z_ ]*[A-Z](?:(?:, | and | or )[A-Z][A-Z_"
                    + " ]*[A-Z])*)(?: privileges?)? on (?<kind>[A-Za-z]+(?: [A-Za-z]+)?) '(?<object>[^']+)'");

    /** Such as "User is not an owner of Table 'prod.members.members'". MANAGE gives the same rights. */
    private static final Pattern OWNS_NOT =
            Pattern.compile("not (?:an|the) owner of (?<kind>[A-Za-z]+(?: [A-Za-z]+)?) '(?<object>[^']+)'");

    /** The beginning of the catalogue's message. Anywhere else such words may be a quoted value. */
    private static final Pattern REFUSAL =
            Pattern.compile("(\\([\\w.$]+\\) )?(\\[?INSUFFICIENT_PERMISSIONS|PERMISSION_DENIED)");

    /** Explains a failure; empty if it was not caused by a missing right. */
    public static Optional<UserError> explain(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage());
            Optional<MissingRight> found = REFUSAL.matcher(message).lookingAt() ? in(message) : Optional.empty();
            if (found.isPresent()) {
                return Optional.of(found.get().error(principal(), failure));
            }
        }
        return Optional.empty();
    }

    /** All rights that tasks need on a schema, as granted by the bundle. */
    static MissingRight onSchema(String catalogue, String schema) {
        return new MissingRight(
                List.of(
                        "USE SCHEMA",
                        "CREATE TABLE",
                        "CREATE FUNCTION",
                        "SELECT",
                        "MODIFY",
                        "EXECUTE",
                        "APPLY TAG",
                        "MANAGE"),
                "SCHEMA",
                catalogue + "." + schema);
    }

    /** The missing right in a message; empty if the message is about something else. */
    static Optional<MissingRight> in(String message) {
        Matcher lacks = LACKS.matcher(message);
        if (lacks.find()) {
            return Optional.of(new MissingRight(
                    Arrays.asList(lacks.group("privileges").replace('_', ' ').split(", | and | or ")),
                    lacks.group("kind").toUpperCase(Locale.ROOT),
                    lacks.group("object")));
        }
        Matcher ownsNot = OWNS_NOT.matcher(message);
        return ownsNot.find()
                ? Optional.of(new MissingRight(
                        List.of("MANAGE"), ownsNot.group("kind").toUpperCase(Locale.ROOT), ownsNot.group("object")))
                : Optional.empty();
    }

    private UserError error(String principal, Throwable origin) {
        return new UserError(
                "The catalogue refused an operation of this task.",
                principal + " does not have " + String.join(" and ", privileges) + " on " + kind + " " + object + ".",
                "Have the owner of the object or an administrator run: " + grant(principal)
                        + ". For objects that the bundle deploys, add the principal to job_group instead.",
                origin);
    }

    /** The statement that grants it. */
    String grant(String principal) {
        String name =
                Arrays.stream(object.split("\\.")).map(MissingRight::quoted).collect(Collectors.joining("."));
        return "GRANT " + String.join(", ", privileges) + " ON " + kind + " " + name + " TO " + quoted(principal);
    }

    private static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** The current principal, as named in grants. */
    static String principal() {
        try {
            return SparkSession.active().sql("SELECT current_user()").head().getString(0);
        } catch (Exception e) { // Spark throws undeclared checked exceptions
            return "PRINCIPAL"; // The message is useful without the name.
        }
    }
}
