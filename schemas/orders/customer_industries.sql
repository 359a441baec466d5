-- The industries of customers, row by row. Follows orders.customers.
CREATE TABLE orders.customer_industries (
  customer_id STRING    NOT NULL COMMENT 'Customer; with industry the key',
  industry    STRING    NOT NULL COMMENT 'Industry that it is specialised in',
  _loaded_at  TIMESTAMP NOT NULL COMMENT 'When it was written here (UTC)'
)
USING DELTA
COMMENT 'The industries of customers, row by row'
CLUSTER BY (customer_id)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE orders.customer_industries ADD CONSTRAINT industry_of_the_list CHECK (industry IN ('Agriculture', 'Colours', 'Cleaning', 'Construction', 'Cosmetics', 'Food', 'Lubricants', 'Oil&Gas', 'Pharmaceuticals', 'Polymer'));
