package dev.lakehouse.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.table.DdlFile.Column;
import dev.lakehouse.testing.Specification;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A specification (README.md of a schema) says what the DDL files say; {@link DdlTest} holds the tables to these. */
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

    private static List<Column> specified(String table) {
        return INVOICES.columns(table).stream()
                .map(column -> new Column(
                        column.name(), column.type().replace(" ", ""), column.nullable(), column.definition()))
                .toList();
    }
}
