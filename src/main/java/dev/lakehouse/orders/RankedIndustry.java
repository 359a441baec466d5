package dev.lakehouse.orders;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * A row of {@code industry_change}, for the report and the chart.
 *
 * @param rank from 1
 * @param name the industry
 * @param amount of the last 24 hours
 * @param mean per 24 hours over the previous 30 days
 * @param change amount less mean
 * @param relative change divided by the mean; empty if there is no mean
 */
record RankedIndustry(
        int rank, String name, BigDecimal amount, BigDecimal mean, BigDecimal change, Optional<BigDecimal> relative) {
    static final String HEADER = String.format(
            Locale.ROOT, "%-16s %18s %18s %18s %10s", "industry", "last 24 h", "30-day mean", "change", "relative");

    static RankedIndustry of(Row row) {
        return new RankedIndustry(
                row.getAs("rank"),
                row.getAs("industry"),
                row.getAs("amount_24h"),
                row.getAs("daily_mean"),
                row.getAs("change"),
                Optional.ofNullable(row.getAs("relative_change")));
    }

    String inOneLine() {
        return String.format(
                Locale.ROOT, "%-16s %,18.2f %,18.2f %,+18.2f %10s", name, amount, mean, change, relativeInWords());
    }

    /** Such as {@code +12.5 %}. */
    String relativeInWords() {
        return relative.map(value -> String.format(
                        Locale.ROOT, "%+,.1f %%", value.movePointRight(2).setScale(1, RoundingMode.HALF_UP)))
                .orElse("new");
    }
}
