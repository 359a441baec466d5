-- What Unity Catalog knows about ops.task_runs: it holds no personal value, so all who query may read it. Applied by the
-- task apply_schemas whenever it has changed.
GRANT SELECT ON TABLE ops.task_runs TO `${reader_group}`;
