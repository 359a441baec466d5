package dev.lakehouse.secrets;

import dev.lakehouse.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Where a secret is kept, never the secret itself:
 *
 * <ul>
 *   <li>{@code env:NAME}: an environment variable (on Databricks a cluster's variable that names a secret scope),
 *   <li>{@code file:PATH}: a file's content without its last line break,
 *   <li>{@code databricks:SCOPE/KEY}: a secret of a workspace, which only a task that runs there can read.
 * </ul>
 */
public record SecretReference(Kind kind, String name) {

    /** The kinds of places, by the word before the colon. */
    public enum Kind {
        ENV,
        FILE,
        DATABRICKS
    }

    /** Reads one of the forms above; anything else is refused without being repeated. */
    public static SecretReference parse(String text) {
        for (Kind kind : Kind.values()) {
            String prefix = prefix(kind);
            if (text.startsWith(prefix) && text.length() > prefix.length()) {
                return new SecretReference(kind, text.substring(prefix.length()));
            }
        }
        // The text is not shown: whoever got the form wrong may have typed the secret itself.
        throw new UserError(
                "A secret was not given as a reference.",
                "Secrets are named by where they are kept, so that none stands in a command, a file or a log.",
                "Give env:NAME (an environment variable), file:PATH (a file that only you can read), or in a workspace"
                        + " databricks:SCOPE/KEY.");
    }

    /** A reference to a file. */
    public static SecretReference file(Path path) {
        return new SecretReference(Kind.FILE, path.toString());
    }

    /** The secret. The caller hands it on to the client that needs it and keeps it nowhere. */
    public String resolve() {
        return switch (kind) {
            case ENV -> fromEnvironment();
            case FILE -> fromFile();
            case DATABRICKS -> fromWorkspace();
        };
    }

    private String fromEnvironment() {
        String value = System.getenv(name);
        if (value == null) {
            throw new UserError(
                    "The secret " + this + " cannot be read.",
                    "There is no environment variable of that name.",
                    "Set the variable for this process, or name another place.");
        }
        return value;
    }

    private String fromFile() {
        try {
            byte[] content = Files.readAllBytes(Path.of(name));
            int end = content.length;
            while (end > 0 && (content[end - 1] == '\n' || content[end - 1] == '\r')) {
                end--;
            }
            return new String(Arrays.copyOf(content, end), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UserError(
                    "The secret " + this + " cannot be read.",
                    "The file is missing or this user may not read it ("
                            + e.getClass().getSimpleName() + ").",
                    "Check the path and its permissions.",
                    e);
        }
    }

    /** By the SQL function that every kind of compute has, serverless too; names go in as values, not as SQL. */
    private String fromWorkspace() {
        try {
            String[] scopeAndKey = name.split("/", 2);
            Column secret = functions.call_function(
                    "secret", functions.lit(scopeAndKey[0]), functions.lit(scopeAndKey[scopeAndKey.length - 1]));
            return SparkSession.active().range(1).select(secret).head().getString(0);
        } catch (Exception e) { // Spark throws checked ones undeclared
            // Its message is not repeated: it is the workspace's, about a secret.
            throw new UserError(
                    "The secret " + this + " cannot be read.",
                    "This is no Databricks compute, the workspace has no such scope and key, or the job may not read it.",
                    "Check databricks:SCOPE/KEY and the scope's permissions; elsewhere give env:NAME or file:PATH.",
                    e);
        }
    }

    private static String prefix(Kind kind) {
        return switch (kind) {
            case ENV -> "env:";
            case FILE -> "file:";
            case DATABRICKS -> "databricks:";
        };
    }

    /** The reference as it was given. */
    @Override
    public String toString() {
        return prefix(kind) + name;
    }
}
