package dev.lakehouse.source.mysql;

import dev.lakehouse.secrets.SecretReference;
import java.sql.Connection;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** The options of a task's connection to MySQL. */
public final class SourceOptions {
    @Option(names = "--mysql-url", required = true, description = "jdbc:mysql://HOST:PORT/DATABASE")
    private String url;

    @Option(names = "--mysql-user", required = true, description = "The account")
    private String user;

    @Option(
            names = "--mysql-password",
            required = true,
            converter = ReferenceConverter.class,
            description = "Reference to its password: env:NAME, file:PATH or databricks:SCOPE/KEY")
    private SecretReference password;

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns that are left out (default: none)")
    private List<String> without = List.of();

    public MySqlServer server() {
        return new MySqlServer(url, user, password);
    }

    /** The definition of a table, without the columns that are left out. */
    public SourceTable describe(Connection connection, String table) {
        return SourceTable.describe(
                server(),
                connection,
                table,
                without.stream()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    /** Reads a {@link SecretReference}. */
    static final class ReferenceConverter implements ITypeConverter<SecretReference> {
        @Override
        public SecretReference convert(String value) {
            return SecretReference.parse(value);
        }
    }
}
