package dev.lakehouse.orders;

import dev.lakehouse.chart.BarChart;
import dev.lakehouse.chart.BarChart.Bar;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** A bar chart of the change of each industry. */
final class IndustryChart {
    private IndustryChart() {}

    /** Draws the industries by rank, as a PNG. An industry without a mean has no bar. */
    static byte[] png(Instant asOf, List<RankedIndustry> industries) {
        String moment = asOf.toString().replace("T", " ").replaceFirst(":00Z$", " UTC");
        return new BarChart(
                        "Industries in the 24 hours to " + moment,
                        "Industry, by rank",
                        "Change from the mean of 30 days (%)",
                        "#,##0",
                        industries.stream().map(IndustryChart::bar).toList())
                .png();
    }

    private static Bar bar(RankedIndustry industry) {
        double percent =
                industry.relative().orElse(BigDecimal.ZERO).movePointRight(2).doubleValue();
        return new Bar(industry.name(), percent, industry.relativeInWords());
    }
}
