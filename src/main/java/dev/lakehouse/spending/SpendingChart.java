package dev.lakehouse.spending;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.CategoryStyler;

/**
 * Total spending by age group as a bar chart, a PNG of 1,000 by 640 pixels. Needs no display, and no fonts of the machine:
 * it looks the same everywhere.
 */
final class SpendingChart {
    private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final Color INK = new Color(0x22, 0x2b, 0x38);
    private static final Color GRID = new Color(0xe3, 0xe7, 0xec);
    private static final Color BAR = new Color(0x2f, 0x6d, 0xb5);
    private static final double ROOM_FOR_THE_LABEL = 1.12;

    private SpendingChart() {}

    /** Draws the totals in their order. */
    static byte[] png(List<Total> totals) {
        // Else a display that is named but not there would be looked for.
        System.setProperty("java.awt.headless", "true");
        CategoryChart chart = new CategoryChartBuilder()
                .width(1000)
                .height(640)
                .title("Total spending by age group")
                .xAxisTitle("Age group (years)")
                .yAxisTitle("Total spending (currency of the prices)")
                .build();
        double highest = totals.stream()
                .mapToDouble(total -> total.spending().doubleValue())
                .max()
                .orElse(0);
        style(chart.getStyler(), highest > 0 ? highest * ROOM_FOR_THE_LABEL : 1);
        chart.addSeries(
                        "Total spending",
                        totals.stream().map(total -> total.group().label()).toList(),
                        totals.stream().map(Total::spending).toList())
                .setFillColor(BAR);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", png);
            return png.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void style(CategoryStyler style, double top) {
        Font font = font();
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setChartFontColor(INK);
        style.setChartTitleFont(font.deriveFont(Font.BOLD, 28f));
        style.setAxisTitleFont(font.deriveFont(19f));
        style.setAxisTickLabelsFont(font.deriveFont(18f));
        style.setAxisTickLabelsColor(INK);
        style.setLabelsFont(font.deriveFont(Font.BOLD, 20f));
        style.setLabelsFontColor(INK);
        style.setLabelsFontColorAutomaticEnabled(false);
        style.setLabelsVisible(true);
        // A little above the bar, whose height is 1.
        style.setLabelsPosition(1.06);
        style.setDecimalPattern("#,##0");
        style.setYAxisDecimalPattern("#,##0");
        style.setYAxisMin(0.0);
        style.setYAxisMax(top);
        style.setYAxisLabelAlignment(TextAlignment.Right);
        style.setPlotGridLinesColor(GRID);
        style.setPlotGridLinesStroke(new BasicStroke(1f));
        style.setPlotGridVerticalLinesVisible(false);
        style.setPlotBorderVisible(false);
        style.setAxisTicksLineVisible(false);
        style.setAxisTicksMarksVisible(false);
        style.setChartTitleBoxVisible(false);
        style.setLegendVisible(false);
        style.setAvailableSpaceFill(0.6);
        style.setChartPadding(24);
        style.setChartTitlePadding(20);
        style.setAxisTitlePadding(16);
        style.setAxisTickPadding(8);
        style.setPlotMargin(0);
        style.setPlotContentSize(1.0);
    }

    private static Font font() {
        try (InputStream in = PDFont.class.getResourceAsStream(FONT)) {
            return Font.createFont(Font.TRUETYPE_FONT, in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FontFormatException e) {
            throw new IllegalStateException(e);
        }
    }
}
