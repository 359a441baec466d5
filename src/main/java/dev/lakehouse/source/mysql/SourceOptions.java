package dev.lakehouse.source.mysql;

import dev.lakehouse.UserError;
import dev.lakehouse.secrets.SecretReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

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
            names = "--columns",
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns that are copied; new ones are not (default: all)")
    private List<String> columns = List.of();

    @Option(
            names = "--without",
            split = ",",
            paramLabel = "COLUMN",
            description = "Columns that are left out (default: none)")
    private List<String> without = List.of();

    @Option(
            names = "--key",
            split = ",",
            paramLabel = "COLUMN",
            description =
                    "Columns by which rows are matched, for views and for tables without a key; every extract proves that"
                            + " they are unique. '*': rows have no key and may repeat (default: the primary key, or a"
                            + " unique key)")
    private List<String> key = List.of();

    @Option(
            names = "--invalid-dates",
            defaultValue = "refuse",
            paramLabel = "POLICY",
            description =
                    "What happens to dates that are not in the calendar, such as 0000-00-00: refuse; null, which copies"
                            + " them as NULL; or quarantine, which does the same and lets a load quarantine their rows"
                            + " (default: ${DEFAULT-VALUE})")
    private InvalidDates invalidDates;

    @Option(
            names = "--where",
            defaultValue = "",
            paramLabel = "CONDITION",
            description =
                    "Only rows for which this condition in MySQL's syntax is true are read, for example \"deleted = 0\". A row"
                            + " that no longer fulfils it counts as deleted (default: all rows)")
    private String where;

    @Option(
            names = "--mask",
            split = ",",
            paramLabel = "COLUMN=KIND",
            description =
                    "Columns whose values are not stored as they are: drop leaves the column out, hash stores a keyed"
                            + " hash, pseudonym what only the key can read (default: none)")
    private List<String> masks = List.of();

    @Option(
            names = "--mask-key",
            defaultValue = "",
            paramLabel = "REFERENCE",
            description =
                    "Reference to the keyset of hashes and pseudonyms: env:NAME, file:PATH or databricks:SCOPE/KEY")
    private String maskKey;

    public MySqlServer server() {
        return new MySqlServer(url, user, password);
    }

    /** How the table is read. */
    public SourceSettings settings() {
        return new SourceSettings(
                names(columns), names(without), names(key), invalidDates, where.strip(), Mask.parse(masks));
    }

    /**
     * How a table is read, from the values of options by their names. Options that concern something else are ignored. Throws a
     * {@link UserError} for a value that is not valid.
     */
    public static SourceSettings settings(Map<String, String> options) {
        SourceOptions read = new SourceOptions();
        CommandLine line =
                new CommandLine(read).setCaseInsensitiveEnumValuesAllowed(true).setUnmatchedArgumentsAllowed(true);
        String[] server = {"--mysql-url=", "--mysql-user=", "--mysql-password=env:NONE"};
        try {
            line.parseArgs(Stream.concat(
                            Stream.of(server),
                            options.entrySet().stream().map(option -> option.getKey() + "=" + option.getValue()))
                    .toArray(String[]::new));
        } catch (ParameterException e) {
            throw new UserError(
                    "A setting of a table is not valid.",
                    UserError.firstLine(e),
                    "Correct it in the file of the source.",
                    e);
        }
        return read.settings();
    }

    /** The key of the masks, if settings need one. */
    public Optional<MaskKey> maskKey(SourceSettings settings) {
        if (!settings.needsKey()) {
            return Optional.empty();
        }
        if (maskKey.isBlank()) {
            throw MaskKey.missing("Columns are masked by a hash or a pseudonym, which need one.");
        }
        return Optional.of(MaskKey.read(SecretReference.parse(maskKey.strip())));
    }

    private static List<String> names(List<String> given) {
        return given.stream().map(String::strip).filter(name -> !name.isEmpty()).toList();
    }

    /** Reads a {@link SecretReference}. */
    static final class ReferenceConverter implements ITypeConverter<SecretReference> {
        @Override
        public SecretReference convert(String value) {
            return SecretReference.parse(value);
        }
    }
}
