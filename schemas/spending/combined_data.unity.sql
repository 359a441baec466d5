-- What Unity Catalog knows about spending.combined_data: tags on personal data, masks, grants. Applied by the task
-- apply_schemas whenever it has changed, after ops.task_runs, whose file makes the mask.
--   ${job_group}            runs the workflow: it sees what is stored
--   ${personal_data_group}  may see personal data
--   ${reader_group}         may query, personal data masked

ALTER TABLE spending.combined_data SET TAGS ('product' = 'spending', 'personal_data' = 'yes');
ALTER TABLE spending.combined_data ALTER COLUMN first_name SET TAGS ('personal_data' = 'name');
ALTER TABLE spending.combined_data ALTER COLUMN last_name SET TAGS ('personal_data' = 'name');
ALTER TABLE spending.combined_data ALTER COLUMN full_name SET TAGS ('personal_data' = 'name');
ALTER TABLE spending.combined_data ALTER COLUMN email SET TAGS ('personal_data' = 'email');

ALTER TABLE spending.combined_data ALTER COLUMN first_name SET MASK ops.masked_text;
ALTER TABLE spending.combined_data ALTER COLUMN last_name SET MASK ops.masked_text;
ALTER TABLE spending.combined_data ALTER COLUMN full_name SET MASK ops.masked_text;
ALTER TABLE spending.combined_data ALTER COLUMN email SET MASK ops.masked_text;

GRANT SELECT ON TABLE spending.combined_data TO `${reader_group}`;
GRANT SELECT ON TABLE spending.combined_data TO `${personal_data_group}`;
