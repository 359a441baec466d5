-- What Unity Catalog knows about orders.industry_change: key, tags, grants. Applied by the task apply_schemas whenever it has
-- changed.
--   ${reader_group}  may query

ALTER TABLE orders.industry_change ADD CONSTRAINT industry_change_pk PRIMARY KEY (as_of, industry);

ALTER TABLE orders.industry_change SET TAGS ('product' = 'orders');

GRANT SELECT ON TABLE orders.industry_change TO `${reader_group}`;
