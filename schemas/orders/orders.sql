-- Orders, one row for each order_id however often it was delivered: the message delivered last wins.
CREATE TABLE orders.orders (
  order_id         STRING        NOT NULL COMMENT 'UUID of the order, in lower case; the key',
  customer_id      STRING        NOT NULL COMMENT 'Customer that ordered, whether it is known or not',
  timestamp        TIMESTAMP     NOT NULL COMMENT 'When it was placed (UTC)',
  amount           DECIMAL(18,4) NOT NULL COMMENT 'Amount of the order, in the currency of the orders',
  lines_amount     DECIMAL(38,8)          COMMENT 'Sum of volume times price over its lines; NULL where it exceeds the type',
  order_lines      ARRAY<STRUCT<product_id: STRING, volume: DECIMAL(18,4), price: DECIMAL(18,4), unknown_fields: STRING>> NOT NULL COMMENT 'Its lines in their order; table order_lines holds them row by row',
  unknown_fields   STRING                 COMMENT 'Fields of the message other than these, as a JSON object of strings',
  _topic           STRING        NOT NULL COMMENT 'Kafka topic of the message that won',
  _partition       INT           NOT NULL COMMENT 'Its partition',
  _offset          BIGINT        NOT NULL COMMENT 'Its offset in the partition',
  _kafka_timestamp TIMESTAMP     NOT NULL COMMENT 'Its timestamp in Kafka (UTC); with partition and offset it tells which message was delivered last',
  _loaded_at       TIMESTAMP     NOT NULL COMMENT 'When it was written here (UTC)'
)
USING DELTA
COMMENT 'Orders, one row for each order_id: the message delivered last wins'
CLUSTER BY (`timestamp`)
TBLPROPERTIES (
  'delta.enableDeletionVectors' = 'true',
  'delta.enableChangeDataFeed' = 'true',
  'delta.dataSkippingStatsColumns' = 'timestamp,_kafka_timestamp'
);
