package dev.lakehouse.remote;

import com.databricks.sdk.service.sql.CancelExecutionRequest;
import com.databricks.sdk.service.sql.ColumnInfo;
import com.databricks.sdk.service.sql.Disposition;
import com.databricks.sdk.service.sql.ExecuteStatementRequest;
import com.databricks.sdk.service.sql.Format;
import com.databricks.sdk.service.sql.ResultData;
import com.databricks.sdk.service.sql.ResultManifest;
import com.databricks.sdk.service.sql.StatementParameterListItem;
import com.databricks.sdk.service.sql.StatementResponse;
import com.databricks.sdk.service.sql.StatementState;
import dev.lakehouse.UserError;
import dev.lakehouse.remote.StatementResult.ResultColumn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Runs SQL on a warehouse. A result has at most 25 MiB, the limit of inline results. */
public final class Statements {
    /** The parameter of queries for the SQL editor. */
    private static final String CATALOG = "catalog";

    private static final Set<StatementState> GOING_ON = Set.of(StatementState.PENDING, StatementState.RUNNING);

    private final Workspace workspace;
    private final String warehouse;
    private final Optional<String> catalog;
    private volatile String running;

    private Statements(Workspace workspace, String warehouse, Optional<String> catalog) {
        this.workspace = workspace;
        this.warehouse = warehouse;
        this.catalog = catalog;
    }

    /**
     * Statements on a warehouse.
     *
     * @param warehouse its id
     * @param catalog the catalogue of names without one; empty for the workspace's default
     */
    public static Statements on(Workspace workspace, String warehouse, Optional<String> catalog) {
        return new Statements(workspace, warehouse, catalog);
    }

    /** Statements on the warehouse of a bundle. */
    public static Statements onWarehouseOf(
            Workspace workspace, String bundle, Optional<String> target, Optional<String> catalog) {
        return on(workspace, Warehouse.find(workspace, bundle, target), catalog);
    }

    /** Runs one statement to its end and returns all rows. */
    public StatementResult run(String statement) {
        StatementResponse response = workspace.ask(
                "run the statement", client -> client.statementExecution().executeStatement(request(statement)));
        String id = response.getStatementId();
        running = id;
        try {
            for (int question = 0; GOING_ON.contains(state(response)); question++) {
                PatientHttp.sleep(workspace.patience().untilQuestion(question));
                response = workspace.ask("show the statement", client -> client.statementExecution()
                        .getStatement(id));
            }
        } catch (IOException e) {
            throw new IllegalStateException("Interrupted while waiting for a statement", e);
        }
        running = null;
        if (state(response) != StatementState.SUCCEEDED) {
            throw failed(response);
        }
        return result(id, response);
    }

    /** Cancels the running statement, if there is one. */
    public void cancel() {
        String id = running;
        if (id != null) {
            workspace.ask("cancel the statement", client -> {
                client.statementExecution().cancelExecution(new CancelExecutionRequest().setStatementId(id));
                return id;
            });
        }
    }

    private ExecuteStatementRequest request(String statement) {
        ExecuteStatementRequest request = new ExecuteStatementRequest()
                .setWarehouseId(warehouse)
                .setStatement(statement)
                .setDisposition(Disposition.INLINE)
                .setFormat(Format.JSON_ARRAY)
                // The request returns immediately, so that Ctrl-C can cancel the statement.
                .setWaitTimeout("0s");
        catalog.ifPresent(request::setCatalog);
        if (statement.contains(":" + CATALOG)) {
            String value = catalog.orElseThrow(() -> new UserError(
                    "The statement has the parameter 'catalog', which has no value.",
                    "Queries for the SQL editor use it as their catalogue.",
                    "Give it with --catalog, such as --catalog prod."));
            request.setParameters(
                    List.of(new StatementParameterListItem().setName(CATALOG).setValue(value)));
        }
        return request;
    }

    private static StatementState state(StatementResponse response) {
        return response.getStatus().getState();
    }

    private StatementResult result(String id, StatementResponse response) {
        ResultManifest manifest = response.getManifest();
        if (manifest == null
                || manifest.getSchema() == null
                || manifest.getSchema().getColumns() == null) {
            return new StatementResult(List.of(), List.of());
        }
        List<ResultColumn> columns = new ArrayList<>();
        for (ColumnInfo column : manifest.getSchema().getColumns()) {
            columns.add(new ResultColumn(column.getName(), column.getTypeText() == null ? "" : column.getTypeText()));
        }
        List<String[]> rows = new ArrayList<>();
        add(response.getResult(), rows);
        long chunks = manifest.getTotalChunkCount() == null ? 1 : manifest.getTotalChunkCount();
        for (long chunk = 1; chunk < chunks; chunk++) {
            long number = chunk;
            add(
                    workspace.ask("send all rows", client -> client.statementExecution()
                            .getStatementResultChunkN(id, number)),
                    rows);
        }
        requireAll(manifest, rows.size());
        return new StatementResult(columns, rows);
    }

    private static void add(ResultData chunk, List<String[]> rows) {
        if (chunk != null && chunk.getDataArray() != null) {
            for (Collection<String> row : chunk.getDataArray()) {
                rows.add(row.toArray(String[]::new));
            }
        }
    }

    private static void requireAll(ResultManifest manifest, int rows) {
        boolean truncated = Boolean.TRUE.equals(manifest.getTruncated());
        Long announced = manifest.getTotalRowCount();
        if (truncated || (announced != null && announced != rows)) {
            throw new UserError(
                    "The result is incomplete.",
                    truncated
                            ? "The warehouse truncated it at its limit."
                            : "The warehouse announced " + announced + " rows and sent " + rows + ".",
                    "Ask for fewer rows or columns, or write the result to a table.");
        }
    }

    private static UserError failed(StatementResponse response) {
        String why = response.getStatus().getError() == null
                        || response.getStatus().getError().getMessage() == null
                ? "It ended as " + state(response) + "."
                : HostileText.line(response.getStatus().getError().getMessage());
        return new UserError(
                "The SQL cannot be run on the warehouse.",
                why,
                why.contains("Inline byte limit")
                        ? "Ask for fewer rows or columns, or write the result to a table."
                        : "Correct the statement. Give the catalogue of the tables with --catalog.");
    }
}
