-- What Unity Catalog knows about ops.task_runs: it holds no personal value, so all who query may read it. The schema also
-- holds the function that masks personal text in the tables of all products, which is why apply_schemas takes this table
-- first. Applied by the task apply_schemas whenever it has changed.
--   ${job_group}            runs the workflows: it sees what is stored, else a load would find every row changed
--   ${personal_data_group}  may see personal data
--   ${reader_group}         may query, personal data masked

GRANT SELECT ON TABLE ops.task_runs TO `${reader_group}`;

CREATE OR REPLACE FUNCTION ops.masked_text(value STRING)
  RETURNS STRING
  COMMENT 'Column mask: personal text, shown to those who may see it'
  RETURN CASE
    WHEN is_account_group_member('${job_group}') OR is_account_group_member('${personal_data_group}') THEN value
    WHEN value IS NOT NULL THEN '***'
  END;

GRANT EXECUTE ON FUNCTION ops.masked_text TO `${reader_group}`;
GRANT EXECUTE ON FUNCTION ops.masked_text TO `${personal_data_group}`;
