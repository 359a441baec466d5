-- What Unity Catalog knows about orders.customer_hourly: key, tags, grants. Applied by the task apply_schemas whenever it has
-- changed.
--   ${reader_group}  may query

ALTER TABLE orders.customer_hourly ADD CONSTRAINT customer_hourly_pk PRIMARY KEY (customer_id, hour);

ALTER TABLE orders.customer_hourly SET TAGS ('product' = 'orders');

GRANT SELECT ON TABLE orders.customer_hourly TO `${reader_group}`;
