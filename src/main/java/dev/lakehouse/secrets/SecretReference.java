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
 * A reference to a secret, never the secret itself:
 *
 * <ul>
 *   <li>{@code env:NAME}: an environment variable (on Databricks a cluster's variable that refers to a secret scope),
 *   <li>{@code file:PATH}: a file's content without its last line break,
 *   <li>{@code databricks:SCOPE/KEY}: a secret of a workspace, which only a task in the workspace can read.
 * </ul>
 */
public record SecretReference(Kind kind, String name) {

    /** The kind of a reference: the word before the colon. */
    public enum Kind {
        ENV,
        FILE,
        DATABRICKS
    }

    /** Reads one of the forms above. Other text is refused, and the message does not repeat it. */
    public static SecretReference parse(String text) {
        for (Kind kind : Kind.values()) {
            String prefix = prefix(kind);
            if (text.startsWith(prefix) && text.length() > prefix.length()) {
                return new SecretReference(kind, text.substring(prefix.length()));
            }
        }
        // The text is not shown, because it may be the secret itself.
        throw new UserError(
                "A secret was not given as a reference.",
                "Secrets are given as references, so that commands, files and logs contain none.",
                "Give env:NAME (an environment variable), file:PATH (a file that only you can read), or in a workspace"
                        + " databricks:SCOPE/KEY.");
    }

    /** A reference to a file. */
    public static SecretReference file(Path path) {
        return new SecretReference(Kind.FILE, path.toString());
    }

    /** The secret. The caller passes it to the client that needs it and does not store it. */
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
                    "Set the variable for this process, or give another reference.");
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

    /**
     * Uses the SQL function {@code secret}, which every kind of compute has, including serverless. Names are passed as
     * parameters, not as SQL.
     */
    private String fromWorkspace() {
        try {
            String[] scopeAndKey = name.split("/", 2);
            Column secret = functions.call_function(
                    "secret", functions.lit(scopeAndKey[0]), functions.lit(scopeAndKey[scopeAndKey.length - 1]));
            return SparkSession.active().range(1).select(secret).head().getString(0);
        } catch (Exception e) { // Spark throws undeclared checked exceptions
            // The workspace's message is not repeated, because it is about a secret.
            throw new UserError(
                    "The secret " + this + " cannot be read.",
                    "This is not Databricks compute, the workspace has no such scope and key, or the job may not read"
                            + " it.",
                    "Check databricks:SCOPE/KEY and the scope's permissions. Outside Databricks give env:NAME or"
                            + " file:PATH.",
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

    /** The reference in the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return prefix(kind) + name;
    }
}
