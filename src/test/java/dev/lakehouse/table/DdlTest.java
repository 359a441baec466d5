package dev.lakehouse.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.table.DdlFile.Column;
import dev.lakehouse.testing.NewProcess;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables are what their DDL files say, compared with the files' text and not with Spark's reading of it. */
class DdlTest {
    private static final String CONSTRAINT = "delta.constraints.";

    private static NewProcess process;
    private static Tables tables;

    @BeforeAll
    static void open(@TempDir Path warehouse) {
        process = new NewProcess();
        tables = Tables.at(process.session(), "file:" + warehouse);
    }

    @AfterAll
    static void close() {
        process.close();
    }

    static List<DdlFile> files() {
        return DdlFile.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void theTableIsWhatItsFileSays(DdlFile file) {
        assertThat(tables.open(file.name())).isTrue();

        Row detail =
                process.session().sql("DESCRIBE DETAIL " + file.name().sql()).head();
        assertThat(columns(file.name()))
                .isEqualTo(file.columns().stream().map(DdlTest::closed).toList());
        assertThat(detail.<String>getAs("description")).isEqualTo(file.comment());
        assertThat(detail.<String>getAs("location")).isEqualTo(tables.location(file.name()));
        assertThat(detail.getList(detail.fieldIndex("clusteringColumns"))).isEqualTo(file.clustering());
        assertThat(closed(detail.getJavaMap(detail.fieldIndex("properties")))).isEqualTo(closed(properties(file)));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFileDescribesTheTableAndEveryColumn(DdlFile file) {
        assertThat(file.text()).contains("CREATE TABLE " + file.name() + " (");
        assertThat(file.columns()).isNotEmpty().allSatisfy(column -> assertThat(column.comment())
                .as(column.name())
                .isNotBlank());
        assertThat(file.comment()).isNotBlank();
        assertThat(file.constraints()).hasSize((int) file.later());
    }

    private static List<Column> columns(TableName table) {
        return Arrays.stream(process.session().table(table.sql()).schema().fields())
                .map(DdlTest::column)
                .toList();
    }

    private static Column column(StructField field) {
        return closed(new Column(
                field.name(),
                field.dataType().sql(),
                field.nullable(),
                field.getComment().getOrElse(() -> null)));
    }

    /** Spark writes a type with blanks of its own. */
    private static Column closed(Column column) {
        return new Column(column.name(), column.type().replace(" ", ""), column.nullable(), column.comment());
    }

    /** Delta keeps constraints among them. */
    private static Map<String, String> properties(DdlFile file) {
        Map<String, String> all = file.constraints().entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> CONSTRAINT + entry.getKey(), Map.Entry::getValue, (a, b) -> a, TreeMap::new));
        all.putAll(file.properties());
        return all;
    }

    /** Delta keeps a condition as words with blanks between them. */
    private static Map<String, String> closed(Map<String, String> properties) {
        return properties.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .replaceAll("\\s*([(),])\\s*", "$1")));
    }
}
