-- What Unity Catalog knows about orders.customer_batches: key, tags, grants. Applied by the task apply_schemas whenever it has
-- changed.
--   ${reader_group}  may query

ALTER TABLE orders.customer_batches ADD CONSTRAINT customer_batches_pk PRIMARY KEY (_file, _size, _modified_at);

ALTER TABLE orders.customer_batches SET TAGS ('product' = 'orders');

GRANT SELECT ON TABLE orders.customer_batches TO `${reader_group}`;
