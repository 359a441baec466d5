-- What Unity Catalog knows about orders.order_lines: key, tags, grants. Applied by the task apply_schemas whenever it has
-- changed.
--   ${reader_group}  may query

ALTER TABLE orders.order_lines ADD CONSTRAINT order_lines_pk PRIMARY KEY (order_id, line_number);

ALTER TABLE orders.order_lines SET TAGS ('product' = 'orders');

GRANT SELECT ON TABLE orders.order_lines TO `${reader_group}`;
