package dev.lakehouse.replicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import dev.lakehouse.extract.ExtractTable;
import dev.lakehouse.extract.Landing;
import dev.lakehouse.extract.VerifyExtract;
import dev.lakehouse.storage.FileStore;
import dev.lakehouse.table.TableName;
import dev.lakehouse.task.TaskContext;
import dev.lakehouse.task.TaskContexts;
import dev.lakehouse.testing.TestLakehouse;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two databases with a table of the same name, and one landing. */
@Tag("e2e")
class TwoSourcesTest {
    private final TestLakehouse eu = TestLakehouse.fresh();
    private final TestLakehouse us = eu.withAnotherDatabase();

    private void customers() {
        eu.mysql("CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(50))");
        eu.mysql("INSERT INTO customers VALUES (1, 'Anna'), (2, 'Bruno')");
        us.mysql("CREATE TABLE customers (id INT PRIMARY KEY, name VARCHAR(50))");
        us.mysql("INSERT INTO customers VALUES (1, 'Mary'), (3, 'John'), (4, 'Sue')");
    }

    @Test
    void eachTableHoldsTheRowsOfItsOwnSourceAndRefusesThoseOfTheOther() {
        customers();
        eu.extract("customers");
        us.extract("customers");
        us.extractAnew("customers");
        assertThat(load(eu, "lake.eu")).contains("2 inserted");
        assertThat(load(us, "lake.us")).contains("3 inserted");
        long version = eu.version("lake.eu");

        assertThat(eu.query("SELECT id, name FROM lake.eu ORDER BY id")).containsExactly("1|Anna", "2|Bruno");
        assertThat(eu.query("SELECT id, name FROM lake.us ORDER BY id")).containsExactly("1|Mary", "3|John", "4|Sue");
        assertThat(us.reconcile("customers", "lake.us")).contains("source = extract = Delta");

        // Number 2 of the other source is more than what this table has loaded.
        List<ThrowingCallable> mixed = List.of(
                () -> load(us, "lake.eu"),
                () -> us.reconcile("customers", "lake.eu"),
                () -> removeExtracts(us, List.of("--source=" + us.mysql().database()), "lake.eu"));
        assertThat(mixed).allSatisfy(task -> assertThatThrownBy(task)
                .isInstanceOf(UserError.class)
                .hasMessageContaining("lake.eu is loaded from 'customers' of source '"
                        + eu.mysql().database() + "', not from 'customers' of source '"
                        + us.mysql().database() + "'"));
        assertThat(load(eu, "lake.eu")).contains("nothing     to load: extract 1 is the newest");
        assertThat(eu.version("lake.eu")).isEqualTo(version);
        assertThat(Landing.of(us.landing(), us.mysql().database(), "customers").published())
                .containsExactly(1L, 2L);
    }

    @Test
    void withoutASourceTheOnlyOneIsTakenAndOfSeveralNone() {
        customers();
        eu.extract("customers");
        assertThat(eu.load("customers")).contains("2 inserted");
        assertThat(verify(eu)).contains("verified    extract 1");
        us.extract("customers");

        List<Consumer<TestLakehouse>> tasks = List.of(
                lakehouse -> lakehouse.load("customers"),
                TwoSourcesTest::verify,
                lakehouse -> removeExtracts(lakehouse, List.of(), "lake.customers"));
        assertThat(tasks).allSatisfy(task -> assertThatThrownBy(() -> task.accept(eu))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("Several sources have extracts of 'customers'")
                .hasMessageContaining(eu.mysql().database())
                .hasMessageContaining(us.mysql().database())
                .hasMessageContaining("--source=NAME"));
    }

    /** Every odd character is a case of {@code PathSegmentTest}. */
    @Test
    void namesThatAreNoFoldersAreKeptApartAndStayInTheLanding() {
        List<String> names = List.of("..", "_manifests", "extract=1/a+b 50 % Größe");
        for (String name : names) {
            eu.mysql("CREATE TABLE `" + name + "` (id INT PRIMARY KEY, name VARCHAR(50))");
            eu.mysql("INSERT INTO `" + name + "` VALUES (1, '" + name + "')");
            eu.task(ExtractTable::main, with(eu.source(name), "--source=" + name));
            assertThat(eu.task(VerifyExtract::main, List.of("--table=" + name, "--landing=" + eu.landing())))
                    .contains("verified    extract 1");
        }
        assertThat(eu.task(
                        LoadTable::main,
                        List.of("--table=" + names.get(2), "--landing=" + eu.landing(), "--target=lake.odd")))
                .contains("1 inserted");
        assertThat(eu.query("SELECT name FROM lake.odd")).containsExactly(names.get(2));
        String below = eu.landing().replaceFirst("/landing$", "");
        assertThat(FileStore.of(below).directories(below)).containsExactly("landing");
        assertThat(FileStore.of(below).directories(eu.landing())).hasSize(names.size());
    }

    @Test
    void aTableThatIsOnlyCalledLikeAQuarantineKeepsALoadFromBeginning() {
        TaskContexts.of(eu)
                .tables()
                .create(
                        TableName.parse("lake.members_quarantine"),
                        "CREATE TABLE lake.members_quarantine (member_id INT, name STRING) USING DELTA");
        eu.mysql("CREATE TABLE members (member_id INT PRIMARY KEY)", "INSERT INTO members VALUES (1)");
        eu.extract("members");

        assertThatThrownBy(() -> eu.load("members"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("lake.members_quarantine cannot be the quarantine table of 'members'");
        assertThat(eu.version("lake.members_quarantine")).isZero();
        assertThat(TestLakehouse.session().catalog().tableExists("lake.members"))
                .isFalse();
    }

    /** The ledger's row of such an extract names the table that is called like the target. */
    @Test
    void anExtractOfATableThatIsCalledLikeTheTargetIsNoLoadOfTheTarget() {
        TaskContext context = TaskContexts.of(eu);
        TableName name = TableName.parse("lake.goods");
        context.tables()
                .create(name, "CREATE TABLE lake.goods USING DELTA AS SELECT 1 AS id, CAST(1 AS BIGINT) AS _extract");
        eu.mysql("CREATE TABLE `lake.goods` (id INT PRIMARY KEY)", "INSERT INTO `lake.goods` VALUES (1)");
        eu.extract("lake.goods");
        eu.extractAnew("lake.goods");
        assertThat(eu.ledger("extract", "table_name = 'lake.goods'")).containsExactly("1", "2");

        assertThat(new TargetTable(context.session(), context.tables(), name).lastLoaded(context))
                .isEqualTo(1);
    }

    @Test
    void aDamagedManifestDoesNotKeepANewExtractFromBeingMade() {
        customers();
        eu.extract("customers");
        String manifest = eu.landing("customers", "_manifests/000001.json");
        FileStore files = FileStore.of(manifest);
        files.replace(manifest, out -> out.write('{'));

        eu.extract("customers");

        assertThat(eu.load("customers")).contains("2 inserted").contains("superseded");
    }

    private static String load(TestLakehouse lakehouse, String target) {
        return lakehouse.task(
                LoadTable::main,
                List.of(
                        "--table=customers",
                        "--source=" + lakehouse.mysql().database(),
                        "--landing=" + lakehouse.landing(),
                        "--target=" + target));
    }

    private static String verify(TestLakehouse lakehouse) {
        return lakehouse.task(VerifyExtract::main, List.of("--table=customers", "--landing=" + lakehouse.landing()));
    }

    private static String removeExtracts(TestLakehouse lakehouse, List<String> options, String target) {
        return lakehouse.task(
                RemoveExtracts::main,
                with(
                        options,
                        "--table=customers",
                        "--landing=" + lakehouse.landing(),
                        "--target=" + target,
                        "--keep-extracts=1"));
    }

    private static List<String> with(List<String> options, String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return all;
    }
}
