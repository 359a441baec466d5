package dev.lakehouse.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.chart.BarChart.Bar;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class BarChartTest {
    private static final int BAR = ChartTheme.BAR.getRGB();
    private static final int INK = ChartTheme.INK.getRGB();

    @Test
    void barsRiseAndFallFromZeroAndHaveTheirLabelsBeyondTheirEnds() throws IOException {
        BufferedImage image = drawn(new Bar("Rises", 200, "up"), new Bar("Falls", -40, "down"));
        int rising = columnOf(image, 100, 500);
        int falling = columnOf(image, 560, 999);

        int zero = last(image, rising, BAR);
        int top = first(image, rising, BAR);
        int bottom = last(image, falling, BAR);

        assertThat(first(image, falling, BAR)).isBetween(zero, zero + 4);
        assertThat(zero - top).isBetween((bottom - zero) * 4, (bottom - zero) * 6);
        assertThat(inkIn(image, top - 25, top)).as("above the rising bar").isTrue();
        assertThat(inkIn(image, bottom + 1, bottom + 25))
                .as("below the falling bar")
                .isTrue();
    }

    @Test
    void tenLongNamesAndLabelsLeaveTheBarsTheirWidth() throws IOException {
        Bar[] bars = IntStream.range(0, 10)
                .mapToObj(i -> new Bar("Pharmaceuticals " + i, 100, "+1,234,567.0 %"))
                .toArray(Bar[]::new);

        BufferedImage image = drawn(bars);

        int top = first(image, columnOf(image, 100, 999), BAR);
        assertThat(gaps(image, top - 12, 120, 999))
                .as("white between the labels")
                .isGreaterThanOrEqualTo(9);
    }

    @Test
    void nothingToShowIsAChartToo() throws IOException {
        BufferedImage image = drawn(new Bar("A", 0, "0"), new Bar("B", 0, "0"));

        assertThat(image.getWidth()).isEqualTo(1000);
        assertThat(image.getHeight()).isEqualTo(640);
    }

    @Test
    void theLocaleOfTheMachineChangesNothing() {
        BarChart chart = new BarChart("Title", "Group", "Amount", "#,##0", List.of(new Bar("I", 1_234_567, "many")));
        Locale before = Locale.getDefault();

        byte[] here = chart.png();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertThat(chart.png()).isEqualTo(here);
        } finally {
            Locale.setDefault(before);
        }
    }

    private static BufferedImage drawn(Bar... bars) throws IOException {
        byte[] png = new BarChart("Title", "Group", "Change (%)", "#,##0", List.of(bars)).png();
        return ImageIO.read(new ByteArrayInputStream(png));
    }

    private static int columnOf(BufferedImage image, int from, int to) {
        return IntStream.range(from, to)
                .filter(x -> rows().anyMatch(y -> image.getRGB(x, y) == BAR))
                .map(x -> x + 5)
                .findFirst()
                .orElseThrow();
    }

    private static int first(BufferedImage image, int x, int colour) {
        return rows().filter(y -> image.getRGB(x, y) == colour).min().orElseThrow();
    }

    private static int last(BufferedImage image, int x, int colour) {
        return rows().filter(y -> image.getRGB(x, y) == colour).max().orElseThrow();
    }

    private static boolean inkIn(BufferedImage image, int from, int to) {
        return IntStream.range(from, to)
                .anyMatch(y -> IntStream.range(120, 999).anyMatch(x -> image.getRGB(x, y) == INK));
    }

    /** How many stretches of at least five columns have no ink in the twelve rows from {@code y}. */
    private static long gaps(BufferedImage image, int y, int from, int to) {
        IntPredicate clean = x -> IntStream.range(y - 6, y + 6).noneMatch(row -> image.getRGB(x, row) == INK);
        return IntStream.range(from, to - 5)
                .filter(x -> !clean.test(x - 1))
                .filter(x -> IntStream.range(x, x + 5).allMatch(clean))
                .count();
    }

    private static IntStream rows() {
        return IntStream.range(90, 540);
    }
}
