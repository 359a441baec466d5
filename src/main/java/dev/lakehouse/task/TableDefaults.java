package dev.lakehouse.task;

import dev.lakehouse.UserError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The defaults of a task's options for one table, from the file that {@code --settings} names. An argument of the task takes
 * precedence.
 */
record TableDefaults(Map<String, String> options) implements IDefaultValueProvider {
    static final String SETTINGS = "--settings";
    private static final String TABLE = "--table";

    /** Reads the settings of the table that the arguments name; empty if they name no file. */
    static Optional<TableDefaults> of(String... arguments) {
        return value(SETTINGS, arguments).filter(path -> !path.isEmpty()).map(path -> {
            String table = value(TABLE, arguments)
                    .orElseThrow(() -> new UserError(
                            SETTINGS + " was given without " + TABLE + ".",
                            "The file has settings for each table.",
                            "Give " + TABLE + " as well."));
            SourceFile file = SourceFile.read(path);
            TableSettings settings = file.table(path, table);
            if (!settings.isCopied()) {
                throw new UserError(
                        "Table '" + table + "' is not copied.",
                        path + " says: " + settings.skip(),
                        "Remove its 'skip' there, and decide on what it says.");
            }
            Map<String, String> options = new LinkedHashMap<>(settings.options());
            options.put("--target", file.schema() + "." + settings.target(table));
            return new TableDefaults(options);
        });
    }

    private static Optional<String> value(String option, String... arguments) {
        return Stream.of(arguments)
                .filter(argument -> argument.startsWith(option + "="))
                .map(argument -> argument.substring(option.length() + 1))
                .findFirst();
    }

    @Override
    public String defaultValue(ArgSpec argument) {
        return argument instanceof OptionSpec option ? options.get(option.longestName()) : null;
    }
}
