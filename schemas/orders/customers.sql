-- Customers, one row for each customer_id: the row delivered last wins.
CREATE TABLE orders.customers (
  customer_id            STRING        NOT NULL COMMENT 'Customer; the key',
  company_name           STRING                 COMMENT 'Name of the company, as delivered',
  specialized_industries ARRAY<STRING> NOT NULL COMMENT 'Industries that it is specialised in, without values outside the list; may be empty',
  _file                  STRING        NOT NULL COMMENT 'Batch that delivered the row',
  _line                  BIGINT        NOT NULL COMMENT 'Number of its line in that file, from 1',
  _delivered_at          TIMESTAMP     NOT NULL COMMENT 'When the batch was delivered, its time of modification (UTC); with _file and _line it tells which row was delivered last',
  _loaded_at             TIMESTAMP     NOT NULL COMMENT 'When it was written here (UTC)'
)
USING DELTA
COMMENT 'Customers, one row for each customer_id: the row delivered last wins'
CLUSTER BY (customer_id)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');
