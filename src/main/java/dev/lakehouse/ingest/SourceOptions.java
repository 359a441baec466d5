package dev.lakehouse.ingest;

import dev.lakehouse.secrets.SecretReference;
import dev.lakehouse.source.mysql.MySqlServer;
import java.sql.Connection;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options by which a task finds a MySQL table and its landing. */
final class SourceOptions {
    @Option(names = "--mysql-url", required = true, description = "jdbc:mysql://HOST:PORT/DATABASE")
    private String url;

    @Option(names = "--mysql-user", required = true, description = "The account")
    private String user;

    @Option(
            names = "--mysql-password",
            required = true,
            converter = ReferenceConverter.class,
            description = "Where its password is kept: env:NAME, file:PATH or databricks:SCOPE/KEY")
    private SecretReference password;

    @Mixin
    private final ExtractOptions extracts = new ExtractOptions();

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns that are left out (default: none)")
    private List<String> without = List.of();

    MySqlServer server() {
        return new MySqlServer(url, user, password);
    }

    String table() {
        return extracts.table();
    }

    /** The table as the server describes it, without the columns that are left out. */
    SourceTable describe(Connection connection) {
        return SourceTable.describe(
                server(),
                connection,
                table(),
                without.stream()
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    Landing landing() {
        return extracts.landing(server());
    }

    /** Reads a {@link SecretReference}. */
    static final class ReferenceConverter implements ITypeConverter<SecretReference> {
        @Override
        public SecretReference convert(String value) {
            return SecretReference.parse(value);
        }
    }
}
