-- What each customer ordered in each hour. Follows orders.orders by its change data feed, so that the ranking of industries
-- need not read the orders.
CREATE TABLE orders.customer_hourly (
  customer_id     STRING        NOT NULL COMMENT 'Customer, whether it is known or not; with hour the key',
  hour            TIMESTAMP     NOT NULL COMMENT 'Start of the hour (UTC)',
  amount          DECIMAL(28,4) NOT NULL COMMENT 'Sum of the amounts of the orders of that hour',
  order_count     BIGINT        NOT NULL COMMENT 'How many orders these are',
  _loaded_at      TIMESTAMP     NOT NULL COMMENT 'When it was written here (UTC)'
)
USING DELTA
COMMENT 'What each customer ordered in each hour'
CLUSTER BY (hour)
TBLPROPERTIES (
  'delta.enableDeletionVectors' = 'true',
  'delta.dataSkippingStatsColumns' = 'hour'
);

ALTER TABLE orders.customer_hourly ADD CONSTRAINT orders_counted CHECK (order_count > 0);
ALTER TABLE orders.customer_hourly ADD CONSTRAINT full_hour CHECK (hour = date_trunc('HOUR', hour));
