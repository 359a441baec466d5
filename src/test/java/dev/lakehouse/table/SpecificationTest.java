package dev.lakehouse.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.table.DdlFile.Column;
import dev.lakehouse.testing.NewProcess;
import dev.lakehouse.testing.Specification;
import dev.lakehouse.testing.TestServers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A specification (README.md of a schema), the DDL files and the tables made by them say the same. */
class SpecificationTest {
    private static final Specification INVOICES = Specification.of("invoices");

    static List<DdlFile> files() {
        return DdlFile.all().stream()
                .filter(file -> file.name().schema().equals("invoices"))
                .toList();
    }

    @Test
    void everyTableIsSpecified() {
        assertThat(INVOICES.tables())
                .containsExactlyInAnyOrderElementsOf(
                        files().stream().map(file -> file.name().table()).toList());
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFileIsWhatIsSpecified(DdlFile file) {
        String table = file.name().table();

        assertThat(file.columns()).isEqualTo(specified(table));
        assertThat(file.constraints()).isEqualTo(INVOICES.constraints(table));
        assertThat(file.comment() + ".").isEqualTo(INVOICES.definition(table));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theTableIsWhatIsSpecified(DdlFile file) {
        String table = file.name().table();
        try (NewProcess process = new NewProcess()) {
            Tables.at(process.session(), TestServers.freshPrefix()).open(file.name());

            StructField[] fields =
                    process.session().table(file.name().sql()).schema().fields();
            Row detail = process.session()
                    .sql("DESCRIBE DETAIL " + file.name().sql())
                    .head();
            assertThat(Arrays.stream(fields).map(SpecificationTest::column)).isEqualTo(specified(table));
            assertThat(detail.<String>getAs("description") + ".").isEqualTo(INVOICES.definition(table));
            assertThat(constraints(detail.getJavaMap(detail.fieldIndex("properties"))))
                    .isEqualTo(closed(INVOICES.constraints(table)));
        }
    }

    private static List<Column> specified(String table) {
        return INVOICES.columns(table).stream()
                .map(column -> new Column(
                        column.name(), column.type().replace(" ", ""), column.nullable(), column.definition()))
                .toList();
    }

    private static Column column(StructField field) {
        return new Column(
                field.name(),
                field.dataType().sql(),
                field.nullable(),
                field.getComment().getOrElse(() -> null));
    }

    private static Map<String, String> constraints(Map<String, String> properties) {
        String prefix = "delta.constraints.";
        Map<String, String> constraints = new TreeMap<>();
        properties.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                constraints.put(name.substring(prefix.length()), value);
            }
        });
        return closed(constraints);
    }

    /** Delta keeps a condition as words with blanks between them. */
    private static Map<String, String> closed(Map<String, String> conditions) {
        return conditions.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                .replaceAll("\\s*([(),])\\s*", "$1")));
    }
}
