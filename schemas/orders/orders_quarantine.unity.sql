-- What Unity Catalog knows about orders.orders_quarantine: it shows messages and lines as they were delivered, whatever stands
-- in them, so only those who may see personal data may read it. Applied by the task apply_schemas whenever it has changed.

ALTER TABLE orders.orders_quarantine SET TAGS ('product' = 'orders', 'personal_data' = 'yes');
ALTER TABLE orders.orders_quarantine ALTER COLUMN _text SET TAGS ('personal_data' = 'document');

GRANT SELECT ON TABLE orders.orders_quarantine TO `${personal_data_group}`;
