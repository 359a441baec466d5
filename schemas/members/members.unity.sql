-- What Unity Catalog knows about members.members: key, tags on personal data, masks, grants. The task apply_schemas
-- applies it there whenever it has changed, after ops.task_runs, whose file makes the mask of text; every statement can be
-- repeated.
--   ${job_group}            runs the workflows: it sees what is stored, else a load would find every row changed
--   ${personal_data_group}  may see personal data
--   ${reader_group}         may query, personal data masked

ALTER TABLE members.members ADD CONSTRAINT members_pk PRIMARY KEY (member_id);

ALTER TABLE members.members SET TAGS ('product' = 'members', 'personal_data' = 'yes');
ALTER TABLE members.members ALTER COLUMN first_name SET TAGS ('personal_data' = 'name');
ALTER TABLE members.members ALTER COLUMN last_name SET TAGS ('personal_data' = 'name');
ALTER TABLE members.members ALTER COLUMN email SET TAGS ('personal_data' = 'email');
ALTER TABLE members.members ALTER COLUMN phone_number SET TAGS ('personal_data' = 'phone');
ALTER TABLE members.members ALTER COLUMN address SET TAGS ('personal_data' = 'address');

-- A checksum of the whole row would tell whether a guess at the masked values is right: it is masked, too.
CREATE OR REPLACE FUNCTION members.masked_checksum(value BIGINT)
  RETURNS BIGINT
  COMMENT 'Column mask: checksum over personal values, shown to those who may see them'
  RETURN CASE
    WHEN is_account_group_member('${job_group}') OR is_account_group_member('${personal_data_group}') THEN value
    ELSE 0
  END;

ALTER TABLE members.members ALTER COLUMN first_name SET MASK ops.masked_text;
ALTER TABLE members.members ALTER COLUMN last_name SET MASK ops.masked_text;
ALTER TABLE members.members ALTER COLUMN email SET MASK ops.masked_text;
ALTER TABLE members.members ALTER COLUMN phone_number SET MASK ops.masked_text;
ALTER TABLE members.members ALTER COLUMN address SET MASK ops.masked_text;
ALTER TABLE members.members ALTER COLUMN _row_checksum SET MASK members.masked_checksum;

GRANT SELECT ON TABLE members.members TO `${reader_group}`;
GRANT EXECUTE ON FUNCTION members.masked_checksum TO `${reader_group}`;
GRANT SELECT ON TABLE members.members TO `${personal_data_group}`;
