-- What Unity Catalog knows about spending.combined_data: tags on personal data, masks, grants. Applied by the task
-- apply_schemas whenever it has changed.
--   ${job_group}            runs the workflow: it sees what is stored
--   ${personal_data_group}  may see personal data
--   ${reader_group}         may query, personal data masked

ALTER TABLE spending.combined_data SET TAGS ('product' = 'spending', 'personal_data' = 'yes');
ALTER TABLE spending.combined_data ALTER COLUMN first_name SET TAGS ('personal_data' = 'name');
ALTER TABLE spending.combined_data ALTER COLUMN last_name SET TAGS ('personal_data' = 'name');
ALTER TABLE spending.combined_data ALTER COLUMN full_name SET TAGS ('personal_data' = 'name');
ALTER TABLE spending.combined_data ALTER COLUMN email SET TAGS ('personal_data' = 'email');

CREATE OR REPLACE FUNCTION spending.masked_text(value STRING)
  RETURNS STRING
  COMMENT 'Column mask: personal text, shown to those who may see it'
  RETURN CASE
    WHEN is_account_group_member('${job_group}') OR is_account_group_member('${personal_data_group}') THEN value
    WHEN value IS NOT NULL THEN '***'
  END;

ALTER TABLE spending.combined_data ALTER COLUMN first_name SET MASK spending.masked_text;
ALTER TABLE spending.combined_data ALTER COLUMN last_name SET MASK spending.masked_text;
ALTER TABLE spending.combined_data ALTER COLUMN full_name SET MASK spending.masked_text;
ALTER TABLE spending.combined_data ALTER COLUMN email SET MASK spending.masked_text;

GRANT SELECT ON TABLE spending.combined_data TO `${reader_group}`;
GRANT EXECUTE ON FUNCTION spending.masked_text TO `${reader_group}`;
GRANT SELECT ON TABLE spending.combined_data TO `${personal_data_group}`;
GRANT EXECUTE ON FUNCTION spending.masked_text TO `${personal_data_group}`;
