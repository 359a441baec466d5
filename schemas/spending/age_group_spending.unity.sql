-- What Unity Catalog knows about spending.age_group_spending: key, tags, grants. Applied by the task apply_schemas
-- whenever it has changed.
--   ${reader_group}  may query

ALTER TABLE spending.age_group_spending ADD CONSTRAINT age_group_spending_pk PRIMARY KEY (age_group);

ALTER TABLE spending.age_group_spending SET TAGS ('product' = 'spending');

GRANT SELECT ON TABLE spending.age_group_spending TO `${reader_group}`;
