-- What Unity Catalog knows about orders.orders: key, tags, grants. Applied by the task apply_schemas whenever it has
-- changed.
--   ${reader_group}  may query

ALTER TABLE orders.orders ADD CONSTRAINT orders_pk PRIMARY KEY (order_id);

ALTER TABLE orders.orders SET TAGS ('product' = 'orders');

GRANT SELECT ON TABLE orders.orders TO `${reader_group}`;
