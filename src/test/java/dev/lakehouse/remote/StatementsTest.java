package dev.lakehouse.remote;

import static dev.lakehouse.remote.MisbehavingWorkspace.cut;
import static dev.lakehouse.remote.MisbehavingWorkspace.json;
import static dev.lakehouse.remote.MisbehavingWorkspace.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakehouse.UserError;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements on a warehouse that is slow, busy and far away. */
final class StatementsTest {
    private static final String EXECUTE = "POST /api/2.0/sql/statements";
    private static final String STATEMENT = "GET /api/2.0/sql/statements/s1";
    private static final String CHUNK = STATEMENT + "/result/chunks/";
    private static final String CANCEL = "POST /api/2.0/sql/statements/s1/cancel";
    private static final String PENDING = state("PENDING");
    private static final String THREE_CHUNKS = """
            {"statement_id": "s1", "status": {"state": "SUCCEEDED"},
             "manifest": {"total_chunk_count": 3, "total_row_count": 5, "schema": {"columns": [
                {"name": "n", "type_text": "INT"}, {"name": "t", "type_text": "STRING"}]}},
             "result": {"chunk_index": 0, "data_array": [["1", "a"], ["2", null]]}}
            """;

    private MisbehavingWorkspace workspace;

    @BeforeEach
    void start() throws Exception {
        workspace = MisbehavingWorkspace.start()
                .on(EXECUTE, json(PENDING))
                .on(STATEMENT, json(state("RUNNING")), json(THREE_CHUNKS))
                .on(CHUNK + 1, json("{\"chunk_index\": 1, \"data_array\": [[\"3\", \"c\"], [\"4\", \"\"]]}"))
                .on(CHUNK + 2, json("{\"chunk_index\": 2, \"data_array\": [[\"5\", \"e\"]]}"))
                .on(CANCEL, json("{}"));
    }

    @AfterEach
    void stop() {
        workspace.close();
    }

    @Test
    void allChunksArriveInOrder() {
        StatementResult result = run("SELECT 1");

        assertThat(result.columns()).extracting("name").containsExactly("n", "t");
        assertThat(result.rows())
                .containsExactly(
                        new String[] {"1", "a"},
                        new String[] {"2", null},
                        new String[] {"3", "c"},
                        new String[] {"4", ""},
                        new String[] {"5", "e"});
    }

    @Test
    void whatComesBetweenChangesNothing() {
        workspace
                .on(EXECUTE, status(503, "", "Retry-After", "0"), json(PENDING))
                .on(STATEMENT, cut(PENDING), status(429, "", "Retry-After", "0"), status(500, ""), json(THREE_CHUNKS))
                .on(CHUNK + 2, cut("{\"data_array\": []}"), json("{\"data_array\": [[\"5\", \"e\"]]}"));

        assertThat(run("SELECT 1").rows()).hasSize(5);
    }

    @Test
    void aStatementWhoseStartMayHaveArrivedIsNotRunTwice() {
        workspace.on(EXECUTE, cut(PENDING), json(PENDING));

        assertThatThrownBy(() -> run("INSERT INTO t VALUES (1)"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be reached or does not answer");
        assertThat(workspace.asked(EXECUTE + " ")).isEqualTo(1);
    }

    @Test
    void aMistakeIsExplainedByTheWarehousesWords() {
        workspace.on(STATEMENT, json("""
                {"statement_id": "s1", "status": {"state": "FAILED", "error": {"error_code": "BAD_REQUEST",
                 "message": "[TABLE_OR_VIEW_NOT_FOUND] nowhere.nothing"}}}
                """));

        assertThatThrownBy(() -> run("SELECT * FROM nowhere.nothing"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be run on the warehouse")
                .hasMessageContaining("[TABLE_OR_VIEW_NOT_FOUND] nowhere.nothing");
    }

    @Test
    void rowsThatAreMissingAreNotPassedOverInSilence() {
        workspace.on(CHUNK + 2, json("{\"data_array\": []}"));

        assertThatThrownBy(() -> run("SELECT 1"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("announced 5 rows and sent 4");
    }

    @Test
    void theStatementThatRunsIsCancelled() throws Exception {
        workspace.on(STATEMENT, json(state("RUNNING")));
        Statements statements = statements(Optional.empty());
        CompletableFuture<StatementResult> running = CompletableFuture.supplyAsync(() -> statements.run("SELECT 1"));
        while (workspace.asked(STATEMENT + " ") == 0) {
            Thread.sleep(5);
        }

        statements.cancel();
        workspace.on(STATEMENT, json(state("CANCELED")));

        assertThatThrownBy(running::join)
                .hasRootCauseInstanceOf(UserError.class)
                .hasMessageContaining("CANCELED");
        assertThat(workspace.asked(CANCEL)).isEqualTo(1);
    }

    @Test
    void theCatalogueIsGivenToQueriesOfTheEditor() {
        statements(Optional.of("prod")).run("SELECT * FROM IDENTIFIER(:catalog || '.members.members')");

        assertThat(workspace.requests)
                .anyMatch(request -> request.startsWith(EXECUTE)
                        && request.contains("\"catalog\":\"prod\"")
                        && request.contains("\"name\":\"catalog\"")
                        && request.contains("\"value\":\"prod\""));
        assertThatThrownBy(() -> run("SELECT :catalog"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--catalog");
    }

    @Test
    void theBundlesWarehouseIsFoundByItsName() {
        workspace
                .on("GET /api/2.0/preview/scim/v2/Me", json("{\"userName\": \"ann.lee@example.org\"}"))
                .on("GET /api/2.0/sql/warehouses", json("""
                        {"warehouses": [{"id": "w1", "name": "[dev bob] lakehouse-dev"}, {"id": "w2", "name": "other"},
                         {"id": "w3", "name": "[dev ann_lee] lakehouse-dev"}]}
                        """));

        assertThat(Warehouse.find(workspace.connect(), "lakehouse", Optional.empty()))
                .isEqualTo("w3");
        assertThatThrownBy(() -> Warehouse.find(workspace.connect(), "lakehouse", Optional.of("prod")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("no SQL warehouse 'lakehouse-prod'")
                .hasMessageContaining("'other' (w2)");
    }

    private StatementResult run(String statement) {
        return statements(Optional.empty()).run(statement);
    }

    private Statements statements(Optional<String> catalog) {
        return Statements.on(workspace.connect(), "w1", catalog);
    }

    private static String state(String state) {
        return "{\"statement_id\": \"s1\", \"status\": {\"state\": \"" + state + "\"}}";
    }
}
