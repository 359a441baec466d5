package dev.lakehouse.spending;

import dev.lakehouse.chart.BarChart;
import dev.lakehouse.chart.BarChart.Bar;
import java.util.List;
import java.util.Locale;

/** Total spending by age group as a bar chart. */
final class SpendingChart {
    private SpendingChart() {}

    /** Draws the totals in order, as a PNG. */
    static byte[] png(List<Total> totals) {
        return new BarChart(
                        "Total spending by age group",
                        "Age group (years)",
                        "Total spending (currency of the prices)",
                        "#,##0",
                        totals.stream().map(SpendingChart::bar).toList())
                .png();
    }

    private static Bar bar(Total total) {
        return new Bar(
                total.group().label(),
                total.spending().doubleValue(),
                String.format(Locale.ROOT, "%,.0f", total.spending()));
    }
}
