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
 * The latest date that is valid in the source at an instant. East of Greenwich a day begins hours earlier than in UTC,
 * so a date of today may look like tomorrow.
 *
 * @param zone the source's time zone; if it is empty, the day after the current day in UTC is the latest, which is
 *     valid everywhere
 */
record LatestDay(Optional<ZoneId> zone) {

    LocalDate at(Instant instant) {
        return zone.map(known -> LocalDate.ofInstant(instant, known))
                .orElseGet(() -> LocalDate.ofInstant(instant, ZoneOffset.UTC).plusDays(1));
    }

    /** Reads the name of a zone. An empty text means that the zone is unknown. */
    static final class ZoneConverter implements ITypeConverter<LatestDay> {
        @Override
        public LatestDay convert(String name) {
            try {
                return new LatestDay(name.isBlank() ? Optional.empty() : Optional.of(ZoneId.of(name.strip())));
            } catch (DateTimeException e) {
                throw new UserError(
                        "'" + name + "' is not a time zone.",
                        "Time zones have the names of the IANA database.",
                        "Give, for example, Asia/Hong_Kong, Europe/Berlin or UTC.",
                        e);
            }
        }
    }
}
