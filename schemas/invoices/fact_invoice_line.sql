-- Lines of invoices, one row each. Date, member and currency of the invoice stand in every line, so that questions about
-- items need no join and read only the files of the days asked for.
CREATE TABLE invoices.fact_invoice_line (
  invoice_number STRING         NOT NULL COMMENT 'Number of the invoice; with line_number the key',
  line_number    INT            NOT NULL COMMENT 'Position of the line on the invoice, from 1',
  invoice_date   DATE           NOT NULL COMMENT 'Date of the invoice',
  member_number  STRING         NOT NULL COMMENT 'Number of the member who buys: the customer',
  currency       STRING         NOT NULL COMMENT 'Currency of price and amount, ISO 4217',
  item           STRING         NOT NULL COMMENT 'What was sold, as the invoice words it',
  quantity       INT            NOT NULL COMMENT 'How many were sold',
  unit_price     DECIMAL(18, 2) NOT NULL COMMENT 'Price of one, before discount',
  amount         DECIMAL(18, 2) NOT NULL COMMENT 'Quantity times unit price, before discount',
  _document      STRING         NOT NULL COMMENT 'SHA-256 of the document that the line is from',
  _loaded_at     TIMESTAMP      NOT NULL COMMENT 'When the line was brought to its present state (UTC)'
)
USING DELTA
COMMENT 'Lines of invoices, one row each: what was sold, how many and for how much'
CLUSTER BY (invoice_date, member_number)
TBLPROPERTIES (
  'delta.enableDeletionVectors' = 'true',
  'delta.enableChangeDataFeed' = 'true',
  'delta.dataSkippingStatsColumns' = 'invoice_number,line_number,invoice_date,member_number,currency,quantity,amount'
);

ALTER TABLE invoices.fact_invoice_line ADD CONSTRAINT key_and_item_given CHECK (trim(invoice_number) <> '' AND line_number >= 1 AND trim(item) <> '');
ALTER TABLE invoices.fact_invoice_line ADD CONSTRAINT currency_is_iso_4217 CHECK (currency RLIKE '^[A-Z]{3}$');
ALTER TABLE invoices.fact_invoice_line ADD CONSTRAINT quantity_above_0 CHECK (quantity > 0);
ALTER TABLE invoices.fact_invoice_line ADD CONSTRAINT price_not_negative CHECK (unit_price >= 0);
ALTER TABLE invoices.fact_invoice_line ADD CONSTRAINT amount_is_quantity_times_price CHECK (amount = quantity * unit_price);
