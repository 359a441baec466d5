package dev.lakehouse.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalVariablesTest {
    private static final String PLACE = "workflows/a.yml, job a, task t";

    @TempDir
    private Path directory;

    @Test
    void variablesAreFilledWithFactsOfThisMachine() {
        LocalVariables variables = variables("url: jdbc:mysql://${local.host}:${local.port}/shop", "rows: 0010")
                .with(Map.of("host", () -> "127.0.0.1", "port", () -> "3307"));

        assertThat(variables.fill("--url=${var.url} --rows=${var.rows} on ${bundle.target}", PLACE))
                .isEqualTo("--url=jdbc:mysql://127.0.0.1:3307/shop --rows=0010 on local");
    }

    @Test
    void aFactMayHoldWhatLooksLikeAReference() {
        LocalVariables variables = variables("path: ${local.path}").with(Map.of("path", () -> "C:\\x$1${var.path}"));

        assertThat(variables.fill("${var.path}", PLACE)).isEqualTo("C:\\x$1${var.path}");
    }

    @Test
    void aVariableWithoutValueIsNamedWithThePlacesToLookAt() {
        assertThatThrownBy(() -> variables("rows: 1").fill("${var.row}", PLACE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(PLACE + ": the variable ${var.row} has no value")
                .hasMessageContaining("/local.yml")
                .hasMessageContaining("'row: …'");
    }

    @Test
    void aFactIsNeededOnlyWhereItsVariableIsUsed() {
        LocalVariables variables =
                variables("kafka: ${local.kafka}", "rows: 1").with(Map.of("mysql", () -> "m", "s3", () -> "s"));

        assertThat(variables.fill("${var.rows}", PLACE)).isEqualTo("1");
        assertThatThrownBy(() -> variables.fill("${var.kafka}", PLACE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("local.yml, kafka: ${local.kafka} has no value")
                .hasMessageContaining("mysql, s3");
    }

    @Test
    void aFactIsAskedForOnlyWhereItsVariableIsUsed() {
        List<String> asked = new ArrayList<>();
        LocalVariables variables = variables("kafka: ${local.kafka}", "host: ${local.host}")
                .with(Map.of("host", () -> "127.0.0.1", "kafka", () -> {
                    asked.add("kafka");
                    return "127.0.0.1:9092";
                }));

        assertThat(variables.fill("${var.host}", PLACE)).isEqualTo("127.0.0.1");
        assertThat(asked).isEmpty();
        assertThat(variables.fill("${var.kafka}", PLACE)).isEqualTo("127.0.0.1:9092");
        assertThat(asked).containsExactly("kafka");
    }

    @ParameterizedTest
    @ValueSource(strings = {"workspace.host", "bundle.name", "resources.jobs.a.id", "local.host", "var", ""})
    void otherReferencesAreRefusedByName(String name) {
        assertThatThrownBy(() ->
                        variables("rows: 1").with(Map.of("host", () -> "x")).fill("${" + name + "}", PLACE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(PLACE + ": ${" + name + "} is not supported here");
    }

    @Test
    void variablesDoNotReferToOneAnother() {
        assertThatThrownBy(() -> variables("a: ${var.b}", "b: 1").fill("${var.a}", PLACE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("local.yml, a: ${var.b} has no value");
    }

    @Test
    void bracesThatAreNotClosedAreRefused() {
        assertThatThrownBy(() -> variables("a: 1").fill("${var.a", PLACE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("has ${ without }");
        assertThatThrownBy(() -> variables("a: ${local.x").fill("${var.a}", PLACE))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("local.yml, a: '${local.x' has ${ without }");
    }

    @Test
    void anotherSettingInTheFileIsRefused() {
        Path file = TestWorkflows.writeFile(directory, "local.yml", "variables: {}\ntargets: {}\n");

        assertThatThrownBy(() -> LocalVariables.read(file))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("'targets' (line 2) is not supported here");
    }

    @Test
    void aMissingFileIsTheUsersError() {
        assertThatThrownBy(() -> LocalVariables.read(directory.resolve("none.yml")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("There is no file");
    }

    private LocalVariables variables(String... lines) {
        return TestWorkflows.variables(directory, lines);
    }
}
