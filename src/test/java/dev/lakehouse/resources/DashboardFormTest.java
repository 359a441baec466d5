package dev.lakehouse.resources;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.resources.DashboardFile.Dataset;
import dev.lakehouse.resources.DashboardFile.Page;
import dev.lakehouse.resources.DashboardFile.Placed;
import dev.lakehouse.resources.DashboardFile.Position;
import dev.lakehouse.resources.DashboardFile.Widget;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a workspace wants of a dashboard's file besides the fields that {@link DashboardFile} reads. */
class DashboardFormTest {
    private static final DashboardFile DASHBOARD = DashboardFile.read();
    private static final int COLUMNS = 12;

    /** A widget whose spec has another version than its type is not drawn. */
    private static final Map<String, Integer> VERSIONS = Map.of("counter", 2, "table", 2, "bar", 3, "line", 3);

    static Stream<Widget> pictures() {
        return DASHBOARD.pictures();
    }

    static Stream<Page> pages() {
        return DASHBOARD.pages().stream();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void itsSpecHasTheVersionOfItsType(Widget widget) {
        assertThat(VERSIONS)
                .containsEntry(widget.spec().widgetType(), widget.spec().version());
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void whatIsDrawnIsWhatItsQuerySelects(Widget widget) {
        Set<String> selected =
                widget.query().fields().stream().map(DashboardFile.Field::name).collect(Collectors.toSet());

        assertThat(widget.queries()).extracting(DashboardFile.NamedQuery::name).containsExactly("main_query");
        assertThat(widget.query().fields()).hasSameSizeAs(selected);
        assertThat(widget.spec().encoded().keySet()).isEqualTo(selected);
        assertThat(encodingsOf(widget))
                .isEqualTo(
                        switch (widget.spec().widgetType()) {
                            case "counter" -> Set.of("value");
                            case "table" -> Set.of("columns");
                            default -> selected.size() == 3 ? Set.of("x", "y", "color") : Set.of("x", "y");
                        });
    }

    private static Set<String> encodingsOf(Widget widget) {
        Set<String> names = new TreeSet<>();
        widget.spec().encodings().fieldNames().forEachRemaining(names::add);
        return names;
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void everyPictureAndEveryFieldHasATitle(Widget widget) {
        assertThat(widget.spec().frame().showTitle()).isTrue();
        assertThat(widget.spec().frame().title()).isNotBlank();
        assertThat(widget.spec().encoded().values())
                .allSatisfy(encoding ->
                        assertThat(encoding.path("displayName").asText()).isNotBlank());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void widgetsFillThePageWithoutOverlap(Page page) {
        List<String> cells = page.layout().stream()
                .map(Placed::position)
                .flatMap(DashboardFormTest::cells)
                .toList();
        int height = page.layout().stream()
                .map(Placed::position)
                .mapToInt(position -> position.y() + position.height())
                .max()
                .orElseThrow();

        assertThat(page.pageType()).isEqualTo("PAGE_TYPE_CANVAS");
        assertThat(page.layoutVersion()).isEqualTo("GRID_V1");
        assertThat(cells).doesNotHaveDuplicates().hasSize(COLUMNS * height);
    }

    private static Stream<String> cells(Position position) {
        assertThat(position.x() + position.width()).isLessThanOrEqualTo(COLUMNS);
        return IntStream.range(position.x(), position.x() + position.width())
                .boxed()
                .flatMap(x -> IntStream.range(position.y(), position.y() + position.height())
                        .mapToObj(y -> x + "," + y));
    }

    @Test
    void namesAreUniqueAndPlain() {
        List<String> widgets = DASHBOARD.pages().stream()
                .flatMap(page -> page.layout().stream())
                .map(placed -> placed.widget().name())
                .toList();

        assertThat(widgets).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9-]{1,60}"));
        assertThat(DASHBOARD.datasets()).extracting(Dataset::name).doesNotHaveDuplicates();
        assertThat(DASHBOARD.pages()).extracting(Page::name).doesNotHaveDuplicates();
    }

    @Test
    void everyDatasetIsShown() {
        assertThat(DASHBOARD
                        .pictures()
                        .map(widget -> widget.query().datasetName())
                        .collect(Collectors.toSet()))
                .isEqualTo(DASHBOARD.datasets().stream().map(Dataset::name).collect(Collectors.toSet()));
    }
}
