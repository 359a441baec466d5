package dev.lakehouse.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.table.DdlFile.Column;
import dev.lakehouse.testing.Specification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A specification (README.md of a schema) says what the DDL files say; {@link DdlTest} holds the tables to these. */
class SpecificationTest {
    private static final Path SCHEMAS = Path.of(System.getProperty("lakehouse.root"), "schemas");

    static Stream<DdlFile> files() {
        return DdlFile.all().stream()
                .filter(file ->
                        Files.exists(SCHEMAS.resolve(file.name().schema()).resolve("README.md")));
    }

    static Stream<String> schemas() {
        return files().map(file -> file.name().schema()).distinct();
    }

    @ParameterizedTest
    @MethodSource("schemas")
    void everyTableIsSpecified(String schema) {
        assertThat(Specification.of(schema).tables())
                .containsExactlyInAnyOrderElementsOf(files().map(DdlFile::name)
                        .filter(name -> name.schema().equals(schema))
                        .map(TableName::table)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFileIsWhatIsSpecified(DdlFile file) {
        Specification specification = Specification.of(file.name().schema());
        String table = file.name().table();

        assertThat(file.columns()).isEqualTo(specified(specification, table));
        assertThat(file.constraints()).isEqualTo(specification.constraints(table));
        assertThat(file.comment() + ".").isEqualTo(specification.definition(table));
    }

    private static List<Column> specified(Specification specification, String table) {
        return specification.columns(table).stream()
                .map(column -> new Column(
                        column.name(), column.type().replace(" ", ""), column.nullable(), column.definition()))
                .toList();
    }
}
