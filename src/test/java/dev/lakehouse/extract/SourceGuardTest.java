package dev.lakehouse.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.task.FailPoint;
import dev.lakehouse.testing.TestLakehouse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A source's folder of the landing takes extracts of one database of one server. */
class SourceGuardTest {
    private static final List<Consumer<String[]>> TASKS = List.of(CheckSource::main, ExtractTable::main);

    private final TestLakehouse eu = TestLakehouse.fresh();
    private final TestLakehouse us = eu.withAnotherDatabase();

    private void customers() {
        eu.mysql("CREATE TABLE customers (id INT PRIMARY KEY)", "INSERT INTO customers VALUES (1)");
        us.mysql("CREATE TABLE customers (id INT PRIMARY KEY)", "INSERT INTO customers VALUES (1), (2)");
    }

    @Test
    void anotherDatabaseUnderTheSameNameIsRefusedUntilItIsAccepted() {
        customers();
        run(ExtractTable::main, eu);
        String text = us.mysql().database() + "@" + (serverUuid().isEmpty() ? "localhost" : serverUuid());

        assertThat(TASKS).allSatisfy(task -> assertThatThrownBy(() -> run(task, us))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("is not the source of the extracts in " + us.landing() + "/shop/customers")
                .hasMessageContaining("The newest extract is from " + eu.mysql().database() + "@")
                .hasMessageContaining("--accept-source=" + text));
        assertThat(landing().claimed()).containsExactly(1L);

        assertThat(TASKS)
                .allSatisfy(task -> assertThatCode(() -> run(task, us, "--accept-source=other@db:3306," + text))
                        .doesNotThrowAnyException());
        assertThat(landing().published()).containsExactly(1L, 2L);
        // Once is enough.
        run(ExtractTable::main, us);
        assertThatThrownBy(() -> run(CheckSource::main, eu)).isInstanceOf(UserError.class);
    }

    @Test
    void theManifestSaysWhereTheExtractComesFrom() {
        customers();
        run(ExtractTable::main, eu);

        Manifest manifest = landing().manifest(1);

        assertThat(manifest.format()).isEqualTo(4);
        assertThat(manifest.source()).isEqualTo("shop");
        assertThat(manifest.database()).isEqualTo(eu.mysql().database());
        assertThat(manifest.address()).isEqualTo(eu.mysql().address());
        assertThat(manifest.serverUuid() == null ? "" : manifest.serverUuid()).isEqualTo(serverUuid());
    }

    @Test
    void anotherServerIsRefusedWhereBothHaveAnId() {
        customers();
        run(ExtractTable::main, eu);
        String uuid = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
        String location = eu.landing() + "/shop/_manifests/customers/000001.json";
        FileStore files = FileStore.of(location);
        String other =
                files.text(location).replaceFirst("\"server_uuid\" : [^,]*,", "\"server_uuid\" : \"" + uuid + "\",");
        files.replace(location, out -> out.write(other.getBytes(StandardCharsets.UTF_8)));

        if (serverUuid().isEmpty()) { // MariaDB has none to compare
            assertThatCode(() -> run(CheckSource::main, eu)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> run(CheckSource::main, eu))
                    .isInstanceOf(UserError.class)
                    .hasMessageContaining(uuid)
                    .hasMessageContaining("--accept-source=" + eu.mysql().database() + "@" + serverUuid());
        }
    }

    @Test
    void ofTwoFirstExtractsUnderOneNameTheSecondToFinishIsRefused() {
        customers();
        FailPoint.once("extract.proven", () -> run(ExtractTable::main, us));

        assertThatThrownBy(() -> run(ExtractTable::main, eu)).isInstanceOf(UserError.class);

        assertThat(landing().published()).containsExactly(2L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orders", "Votes"})
    void aSourceIsNotCalledLikeTheInputOfAProduct(String name) {
        customers();

        assertThat(TASKS).allSatisfy(task -> assertThatThrownBy(
                        () -> eu.task(task, with(eu.source("customers"), "--source=" + name)))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("The source cannot be called '" + name + "'"));
    }

    /** Empty on MariaDB. */
    private String serverUuid() {
        return eu.mysqlRow("SELECT COALESCE(MAX(VARIABLE_VALUE), '') FROM " + variables()
                + " WHERE VARIABLE_NAME = 'server_uuid'");
    }

    private String variables() {
        return eu.mysqlRow("SELECT VERSION()").contains("MariaDB")
                ? "information_schema.GLOBAL_VARIABLES"
                : "performance_schema.global_variables";
    }

    private Landing landing() {
        return Landing.of(eu.landing(), "shop", "customers");
    }

    private static String run(Consumer<String[]> task, TestLakehouse lakehouse, String... options) {
        return lakehouse.task(task, with(with(lakehouse.source("customers"), "--source=shop"), options));
    }

    private static List<String> with(List<String> options, String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return all;
    }
}
