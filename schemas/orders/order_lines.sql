-- The lines of orders, row by row. Follows orders.orders by its change data feed.
CREATE TABLE orders.order_lines (
  order_id        STRING        NOT NULL COMMENT 'Order of the line; with line_number the key',
  line_number     INT           NOT NULL COMMENT 'Place of the line in its order, from 1',
  product_id      STRING        NOT NULL COMMENT 'Product that was ordered',
  volume          DECIMAL(18,4) NOT NULL COMMENT 'How much of it, in units of the product',
  price           DECIMAL(18,4) NOT NULL COMMENT 'Price of one unit',
  unknown_fields  STRING                 COMMENT 'Fields of the line other than these, as a JSON object of strings',
  timestamp       TIMESTAMP     NOT NULL COMMENT 'When the order was placed (UTC)',
  _loaded_at      TIMESTAMP     NOT NULL COMMENT 'When it was written here (UTC)'
)
USING DELTA
COMMENT 'The lines of orders, row by row'
CLUSTER BY (`timestamp`)
TBLPROPERTIES (
  'delta.enableDeletionVectors' = 'true',
  'delta.dataSkippingStatsColumns' = 'timestamp'
);
