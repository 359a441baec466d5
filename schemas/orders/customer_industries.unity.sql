-- What Unity Catalog knows about orders.customer_industries: key, tags, grants. Applied by the task apply_schemas whenever it has
-- changed.
--   ${reader_group}  may query

ALTER TABLE orders.customer_industries ADD CONSTRAINT customer_industries_pk PRIMARY KEY (customer_id, industry);

ALTER TABLE orders.customer_industries SET TAGS ('product' = 'orders');

GRANT SELECT ON TABLE orders.customer_industries TO `${reader_group}`;
