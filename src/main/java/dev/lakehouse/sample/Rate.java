package dev.lakehouse.sample;

import dev.lakehouse.UserError;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A rate of orders.
 *
 * @param orders number of orders
 * @param seconds period in seconds
 */
public record Rate(long orders, long seconds) {
    private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})/(second|minute|hour)");
    private static final Map<String, Long> SECONDS = Map.of("second", 1L, "minute", 60L, "hour", 3_600L);

    /** Reads {@code 10/minute}. Other text throws a {@link UserError}. */
    public static Rate parse(String text) {
        Matcher rate = FORM.matcher(text);
        if (!rate.matches()) {
            throw new UserError(
                    "'" + text + "' is not a rate.",
                    "A rate is a number above 0 and below 10,000,000, a slash, and second, minute or hour.",
                    "Give, for example, 10/minute.");
        }
        return new Rate(Long.parseLong(rate.group(1)), SECONDS.get(rate.group(2)));
    }

    /** The time from the first order, number 0, to the order of a number. */
    public Duration after(long number) {
        long whole = number / orders * seconds;
        return Duration.ofSeconds(whole).plusNanos(number % orders * seconds * 1_000_000_000 / orders);
    }

    /** The same text that {@link #parse} reads. */
    @Override
    public String toString() {
        return orders + "/" + (seconds == 1 ? "second" : seconds == 60 ? "minute" : "hour");
    }
}
