package dev.lakehouse.chart;

import java.awt.BasicStroke;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;

/**
 * A bar chart as a PNG of 1,000 by 640 pixels. Bars go up or down from zero. It needs no display and uses no fonts or
 * locale of the machine, so it looks the same everywhere.
 *
 * @param title of the chart
 * @param categoryTitle of the horizontal axis, with its unit
 * @param valueTitle of the vertical axis, with its unit
 * @param pattern of the numbers on the vertical axis, for {@link DecimalFormat}
 * @param bars at least one, from left to right
 */
public record BarChart(String title, String categoryTitle, String valueTitle, String pattern, List<Bar> bars) {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 640;
    private static final double ROOM_FOR_LABELS = 0.12;
    private static final int GAP = 7;

    /**
     * One bar.
     *
     * @param category the text below the bar
     * @param value its height; zero for no bar
     * @param label the text at its end, usually the formatted value
     */
    public record Bar(String category, double value, String label) {}

    /** Throws a {@link dev.lakehouse.UserError} if the machine has no font libraries, without which no chart is drawn. */
    public static void requireFonts() {
        theme();
    }

    private static ChartTheme theme() {
        // Otherwise Java would connect to a display that is configured but missing.
        System.setProperty("java.awt.headless", "true");
        return ChartTheme.create();
    }

    /** Draws the chart. */
    public byte[] png() {
        ChartTheme look = theme();
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(categoryTitle)
                .yAxisTitle(valueTitle)
                .build();
        look.applyTo(chart.getStyler());
        if (look.widestCategory(bars.stream().map(Bar::category).toList()) > widthOfABar()) {
            look.slantCategories(chart.getStyler());
        }
        scale(chart);
        chart.addSeries(
                        title,
                        bars.stream().map(Bar::category).toList(),
                        bars.stream().map(Bar::value).toList())
                .setFillColor(ChartTheme.BAR);
        BufferedImage image = BitmapEncoder.getBufferedImage(chart);
        label(image, chart, look);
        return encoded(image);
    }

    private int widthOfABar() {
        return (WIDTH - ChartTheme.LEFT_OF_THE_BARS) / bars.size();
    }

    private void scale(CategoryChart chart) {
        double highest = Math.max(0, values().max().orElse(0));
        double lowest = Math.min(0, values().min().orElse(0));
        double room = (highest - lowest) * ROOM_FOR_LABELS;
        chart.getStyler().setYAxisMin(lowest < 0 ? lowest - room : 0);
        chart.getStyler().setYAxisMax(highest > 0 ? highest + room : lowest < 0 ? room : 1);
        DecimalFormat numbers = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
        chart.setCustomYAxisTickLabelsFormatter(numbers::format);
    }

    private DoubleStream values() {
        return bars.stream().mapToDouble(Bar::value);
    }

    /**
     * Draws a label, because the library places labels at a share of a bar's height: inside a low bar, and across the
     * end of a negative one.
     */
    private void label(BufferedImage image, CategoryChart chart, ChartTheme look) {
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(ChartTheme.INK);
        double widthOfABar = chart.getScreenXFromChart(1) - chart.getScreenXFromChart(0);
        pen.setFont(look.labels(bars.stream().map(Bar::label).toList(), widthOfABar - GAP));
        FontMetrics metrics = pen.getFontMetrics();
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double x = chart.getScreenXFromChart(i + 0.5);
            double end = chart.getScreenYFromChart(bar.value());
            double baseline = bar.value() < 0 ? end + GAP + metrics.getAscent() : end - GAP;
            pen.drawString(bar.label(), (float) (x - metrics.stringWidth(bar.label()) / 2.0), (float) baseline);
        }
        pen.setStroke(new BasicStroke(1.5f));
        double zero = chart.getScreenYFromChart(0);
        pen.drawLine((int) chart.getScreenXFromChart(0), (int) zero, (int) chart.getScreenXFromChart(bars.size()), (int)
                zero);
        pen.dispose();
    }

    private static byte[] encoded(BufferedImage image) {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
