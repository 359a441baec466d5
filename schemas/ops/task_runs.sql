-- The ledger: what every task run did. Rows are appended by the tasks' frame, for failed runs too, and never changed.
CREATE TABLE ops.task_runs (
  run_id            STRING         NOT NULL COMMENT 'Run of the workflow that the task was part of',
  task              STRING         NOT NULL COMMENT 'Name of the task, for example ExtractTable',
  table_name        STRING                  COMMENT 'Table that the task was about: the source table of an extract, the target of a load',
  extract           BIGINT                  COMMENT 'Number of the extract that was written or loaded',
  started_at        TIMESTAMP      NOT NULL COMMENT 'When the task began (UTC)',
  duration_ms       BIGINT         NOT NULL COMMENT 'How long the task took, in milliseconds',
  outcome           STRING         NOT NULL COMMENT 'succeeded, failed, differs: source and table were compared and are not equal, or superseded: an extract that was refused and then replaced by a newer one',
  rows_read         BIGINT                  COMMENT 'Rows read from the source or the extract',
  rows_written      BIGINT                  COMMENT 'Rows written to the extract or the target',
  rows_inserted     BIGINT                  COMMENT 'Rows that the target did not have',
  rows_updated      BIGINT                  COMMENT 'Rows of the target that changed',
  rows_deleted      BIGINT                  COMMENT 'Rows of the target that are gone from the source',
  rows_quarantined  BIGINT                  COMMENT 'Rows that break an expectation',
  rows_stale        BIGINT                  COMMENT 'Rows of the target kept at their last good state because the current one is in quarantine',
  rows_deduplicated BIGINT                  COMMENT 'Rows left out because an earlier one is the same row',
  bytes_written     BIGINT                  COMMENT 'Size of the files written, in bytes',
  target_version    BIGINT                  COMMENT 'Version of the target at which a load of an extract proved it',
  quarantine_version BIGINT                 COMMENT 'Version of its quarantine table then',
  rules             BIGINT                  COMMENT 'Identifies the expectations and policies of the load',
  checksum          DECIMAL(38, 0)          COMMENT 'Exact sum of the row checksums of what was extracted or accepted',
  message           STRING                  COMMENT 'Why the run failed or was superseded; never a personal value',
  dates_nulled      BIGINT                  COMMENT 'Dates and times that are not in the calendar and were copied as NULL'
)
USING DELTA
COMMENT 'One row per task run; a load of several extracts writes one per extract'
CLUSTER BY (started_at)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE ops.task_runs ADD CONSTRAINT known_outcome CHECK (outcome IN ('succeeded', 'failed', 'differs', 'superseded'));
ALTER TABLE ops.task_runs ADD CONSTRAINT duration_not_negative CHECK (duration_ms >= 0);
