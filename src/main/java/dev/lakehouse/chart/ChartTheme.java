package dev.lakehouse.chart;

import dev.lakehouse.UserError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.CategoryStyler;

/**
 * Colours, sizes and the bundled font. The sizes are readable if the picture is 1,000 pixels wide.
 *
 * @param font of any size
 */
record ChartTheme(Font font) {
    static final Color INK = new Color(0x22, 0x2b, 0x38);
    static final Color BAR = new Color(0x2f, 0x6d, 0xb5);

    /** The largest width in pixels of the axis and the margins. */
    static final int LEFT_OF_THE_BARS = 180;

    private static final String LIBERATION = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
    private static final Color GRID = new Color(0xe3, 0xe7, 0xec);
    private static final int SLANT_DEGREES = 35;
    private static final float TICK_SIZE = 18;
    private static final float LABEL_SIZE = 20;
    private static final float SMALLEST = 11;

    /** Loads the font. Throws a {@link UserError} if the Java runtime finds no font libraries. */
    static ChartTheme create() {
        try (InputStream in = PDFont.class.getResourceAsStream(LIBERATION)) {
            return new ChartTheme(Font.createFont(Font.TRUETYPE_FONT, in));
        } catch (IOException | LinkageError | InternalError e) { // which one depends on the Java runtime
            throw new UserError(
                    "Charts cannot be drawn on this machine.",
                    "Java cannot use fonts: the operating system lacks fontconfig, FreeType or HarfBuzz.",
                    "Install them (on Debian and Ubuntu: apt-get install fontconfig libfreetype6 libharfbuzz0b), then"
                            + " run the task again.",
                    e);
        } catch (FontFormatException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The font of the bars' labels, in the largest size in which the widest label fits. */
    Font labels(List<String> labels, double room) {
        Font best = font.deriveFont(Font.BOLD, LABEL_SIZE);
        double widest = widest(best, labels);
        return widest <= room ? best : best.deriveFont((float) Math.max(SMALLEST, LABEL_SIZE * room / widest));
    }

    /** The width in pixels of the widest category name. */
    double widestCategory(List<String> names) {
        return widest(font.deriveFont(TICK_SIZE), names);
    }

    private static double widest(Font font, List<String> texts) {
        FontRenderContext context = new FontRenderContext(null, true, true);
        return texts.stream()
                .mapToDouble(text -> font.getStringBounds(text, context).getWidth())
                .max()
                .orElse(0);
    }

    void slantCategories(CategoryStyler style) {
        style.setXAxisLabelRotation(SLANT_DEGREES);
    }

    void applyTo(CategoryStyler style) {
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setChartFontColor(INK);
        style.setChartTitleFont(font.deriveFont(Font.BOLD, 28f));
        style.setAxisTitleFont(font.deriveFont(19f));
        style.setAxisTickLabelsFont(font.deriveFont(TICK_SIZE));
        style.setAxisTickLabelsColor(INK);
        style.setYAxisLabelAlignment(TextAlignment.Right);
        // Aligned at the top, so that names with and without descenders are on one line.
        style.setXAxisLabelAlignmentVertical(TextAlignment.Right);
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
}
