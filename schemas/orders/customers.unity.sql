-- What Unity Catalog knows about orders.customers: key, tags, grants. Applied by the task apply_schemas whenever it has
-- changed.
--   ${reader_group}  may query

ALTER TABLE orders.customers ADD CONSTRAINT customers_pk PRIMARY KEY (customer_id);

ALTER TABLE orders.customers SET TAGS ('product' = 'orders');

GRANT SELECT ON TABLE orders.customers TO `${reader_group}`;
