package dev.lakehouse.sample;

import dev.lakehouse.UserError;
import picocli.CommandLine.ITypeConverter;

/** Reads a number of rows, at least one. */
public final class RowCount implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
        if (!value.matches("0*[1-9][0-9]{0,11}")) {
            throw new UserError(
                    "'" + value + "' is not a number of rows.",
                    "It is a whole number above 0, written with digits only.",
                    "Give, for example, --rows 1000000.");
        }
        return Long.valueOf(value);
    }
}
