package dev.lakehouse.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakehouse.testing.TestLakehouse;
import dev.lakehouse.workflow.LocalVariables;
import dev.lakehouse.workflow.Outcome;
import dev.lakehouse.workflow.RunListener;
import dev.lakehouse.workflow.WorkflowRun;
import dev.lakehouse.workflow.WorkflowRunner;
import dev.lakehouse.workflow.Workflows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of twenty tables of which two are broken, by its own workflows, eight tables at a time. */
@Tag("e2e")
class TwentyTablesTest {
    private static final String SOURCES = "lakehouse.sources";

    private static final List<String> GOOD = IntStream.rangeClosed(1, 18)
            .mapToObj(number -> String.format("table_%02d", number))
            .toList();

    private static final List<String> CHANGED = GOOD.subList(0, 4);

    @TempDir
    private Path project;

    private final TestLakehouse lakehouse = TestLakehouse.fresh();

    @BeforeEach
    void findSettings() {
        System.setProperty(SOURCES, project.resolve("sources").toString());
    }

    @AfterEach
    void forgetSettings() {
        System.clearProperty(SOURCES);
    }

    @Test
    void eachTableHasItsOwnCommitsAndLedgerRowsAndTheBrokenOnesAreNamed() throws Exception {
        GOOD.forEach(table -> lakehouse.mysql(
                "CREATE TABLE " + table + " (id INT PRIMARY KEY, name VARCHAR(40))",
                "INSERT INTO " + table + " SELECT seq, '" + table + "' FROM seq_1_to_" + rows(table)));
        lakehouse.mysql(
                "CREATE TABLE keyless (name VARCHAR(40))",
                "SET sql_mode = ''",
                "CREATE TABLE undated (id INT PRIMARY KEY, born DATE)",
                "INSERT INTO undated VALUES (1, '2024-02-30'), (2, '0000-00-00')");
        add();

        List<WorkflowRun> first = run(Map.of());
        CHANGED.forEach(table -> lakehouse.mysql("UPDATE " + table + " SET name = 'changed' WHERE id = 1"));
        List<WorkflowRun> second = run(Map.of("tables", list(CHANGED)));

        assertThat(first).hasSize(2).allMatch(WorkflowRun::isPartial);
        assertThat(first.get(0).failures())
                .containsExactlyInAnyOrder(
                        "lake_extract, tables [keyless]: Table or view 'keyless' has no key.",
                        "lake_extract, tables [undated]: Table 'undated' contains a date or time that does not exist:"
                                + " column `born`.");
        assertThat(first.get(1).failures())
                .hasSize(2)
                .anyMatch(failure -> failure.startsWith("lake_load, tables [keyless]: "))
                .anyMatch(failure -> failure.startsWith("lake_load, tables [undated]: "));
        assertThat(second).hasSize(2).allMatch(run -> run.outcome() == Outcome.SUCCEEDED);
        GOOD.forEach(this::assertCommits);
        assertThat(GOOD.stream().flatMap(table -> metadata(table).stream())).doesNotHaveDuplicates();
        assertThat(ledger(first, "ExtractTable")).containsExactlyInAnyOrderElementsOf(extracted(GOOD, "", 1));
        assertThat(ledger(first, "VerifyExtract")).containsExactlyInAnyOrderElementsOf(extracted(GOOD, "", 1));
        assertThat(ledger(first, "LoadTable"))
                .containsAll(extracted(GOOD, "lake.", 1))
                .hasSize(GOOD.size() + 2);
        assertThat(ledger(second, "LoadTable")).containsExactlyInAnyOrderElementsOf(extracted(CHANGED, "lake.", 2));
    }

    /** A table has its own rows, by the commits of its own extracts and no others. */
    private void assertCommits(String table) {
        boolean isChanged = CHANGED.contains(table);
        assertThat(lakehouse.query("SELECT count(*), count_if(name = '" + table + "') FROM lake." + table))
                .containsExactly(rows(table) + "|" + (rows(table) - (isChanged ? 1 : 0)));
        assertThat(history(table).select("version", "operation").collectAsList().stream()
                        .map(Row::mkString)
                        .toList())
                .as(table)
                .isEqualTo(
                        isChanged ? List.of("2MERGE", "1WRITE", "0CREATE TABLE") : List.of("1WRITE", "0CREATE TABLE"));
        String application = "lakehouse extract into lake." + table;
        assertThat(TestLakehouse.session()
                        .read()
                        .json(lakehouse.warehouse() + "/lake/" + table + "/_delta_log/*.json")
                        .where("txn IS NOT NULL")
                        .selectExpr("concat(txn.appId, ' ', txn.version)")
                        .collectAsList()
                        .stream()
                        .map(row -> row.getString(0))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(
                        isChanged ? List.of(application + " 1", application + " 2") : List.of(application + " 1"));
        assertThat(metadata(table))
                .as(table)
                .allMatch(text -> text.matches("lakehouse load \\S+ extract [12]"))
                .hasSize(isChanged ? 2 : 1);
    }

    private static Dataset<Row> history(String table) {
        return TestLakehouse.session().sql("DESCRIBE HISTORY lake." + table);
    }

    /** What loads wrote beside their commits. */
    private static List<String> metadata(String table) {
        return history(table).where("userMetadata IS NOT NULL").select("userMetadata").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    /** The ledger's rows of a task in runs. */
    private List<String> ledger(List<WorkflowRun> runs, String task) {
        String ids = runs.stream().map(run -> "'" + run.runId() + "'").collect(Collectors.joining(", "));
        return lakehouse.query("SELECT table_name, extract, rows_read, outcome FROM ops.task_runs WHERE run_id IN ("
                + ids + ") AND task = '" + task + "'");
    }

    private static List<String> extracted(List<String> tables, String schema, int extract) {
        return tables.stream()
                .map(table -> schema + table + "|" + extract + "|" + rows(table) + "|succeeded")
                .toList();
    }

    private static String list(List<String> tables) {
        return tables.stream().map(Json::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static int rows(String table) {
        return 10 * Integer.parseInt(table.substring("table_".length()));
    }

    /** Adds the database, with the tables that are broken in its list. */
    private void add() throws Exception {
        DatabaseFiles files = new DatabaseFiles(project, "lake");
        Choices choices = new Choices(List.of(), List.of(), Map.of(), null);
        files.write(DatabasePlan.of(lakehouse.mysql(), choices, Optional.empty()), choices, Optional.empty());
        edit("sources/lake.yml", "\n    skip: [^\n]*", "");
        files.write(DatabasePlan.of(lakehouse.mysql(), choices, files.read()), choices, Optional.empty());
        for (String workflow : List.of("workflows/lake_extract.yml", "workflows/lake_load.yml")) {
            edit(workflow, "concurrency: 4", "concurrency: 8");
        }
        Files.writeString(project.resolve("local.yml"), """
                variables:
                  catalog: spark_catalog
                  warehouse: %s
                  landing: %s
                  lake_mysql_url: %s
                  lake_mysql_user: %s
                  lake_mysql_password: %s
                  pseudonym_keyset: file:%s
                  job_group: jobs
                  reader_group: readers
                  personal_data_group: personal
                """.formatted(
                        lakehouse.warehouse(),
                        lakehouse.landing(),
                        lakehouse.mysql().url(),
                        lakehouse.mysql().user(),
                        lakehouse.mysql().password(),
                        project.resolve("none")));
    }

    private void edit(String file, String pattern, String text) throws Exception {
        Path path = project.resolve(file);
        String before = Files.readString(path);
        String after = before.replaceAll(pattern, text);
        assertThat(after).isNotEqualTo(before);
        Files.writeString(path, after);
    }

    private List<WorkflowRun> run(Map<String, String> parameters) {
        return new WorkflowRunner((file, values) -> {}, new RunListener() {}, Clock.systemUTC())
                .run(
                        Workflows.read(project.resolve("workflows")).find("lake"),
                        LocalVariables.read(project.resolve("local.yml")),
                        parameters);
    }
}
