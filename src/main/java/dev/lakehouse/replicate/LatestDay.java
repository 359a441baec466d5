package dev.lakehouse.replicate;

import dev.lakehouse.UserError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;

/**
 * Which day an instant is where the source's dates are written. East of Greenwich a day begins hours before it does in
 * UTC, so that a date of today may look like one of tomorrow.
 *
 * @param zone the zone; empty where it is not known, and then the day after the one in UTC is the latest anywhere
 */
record LatestDay(Optional<ZoneId> zone) {

    LocalDate at(Instant instant) {
        return zone.map(known -> LocalDate.ofInstant(instant, known))
                .orElseGet(() -> LocalDate.ofInstant(instant, ZoneOffset.UTC).plusDays(1));
    }

    /** Reads the name of a zone; nothing stands for an unknown one. */
    static final class ZoneConverter implements ITypeConverter<LatestDay> {
        @Override
        public LatestDay convert(String name) {
            try {
                return new LatestDay(name.isBlank() ? Optional.empty() : Optional.of(ZoneId.of(name.strip())));
            } catch (DateTimeException e) {
                throw new UserError(
                        "'" + name + "' is not a time zone.",
                        "Zones are named as in the IANA database.",
                        "Give for example Asia/Hong_Kong, Europe/Berlin or UTC.",
                        e);
            }
        }
    }
}
