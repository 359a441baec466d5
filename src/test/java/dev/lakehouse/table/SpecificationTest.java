package dev.lakehouse.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.table.DdlFile.Column;
import dev.lakehouse.testing.Specification;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A specification (README.md of a schema) says what the DDL files say; {@link DdlTest} holds the tables to these. */
class SpecificationTest {
    private static final List<String> SPECIFIED = List.of("activity", "invoices");

    static List<DdlFile> files() {
        return DdlFile.all().stream()
                .filter(file -> SPECIFIED.contains(file.name().schema()))
                .toList();
    }

    static List<String> schemas() {
        return SPECIFIED;
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyTableIsSpecified(String schema) {
        assertThat(Specification.of(schema).tables())
                .containsExactlyInAnyOrderElementsOf(files().stream()
                        .map(DdlFile::name)
                        .filter(table -> table.schema().equals(schema))
                        .map(TableName::table)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFileIsWhatIsSpecified(DdlFile file) {
        Specification specification = Specification.of(file.name().schema());
        String table = file.name().table();

        assertThat(file.columns()).isEqualTo(columns(specification, table));
        assertThat(file.constraints()).isEqualTo(specification.constraints(table));
        assertThat(file.comment() + ".").isEqualTo(specification.definition(table));
    }

    private static List<Column> columns(Specification specification, String table) {
        return specification.columns(table).stream()
                .map(column -> new Column(
                        column.name(), column.type().replace(" ", ""), column.nullable(), column.definition()))
                .toList();
    }
}
