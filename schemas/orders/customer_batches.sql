-- Batches of customers that were loaded. One of the same content is not loaded again, whatever its name.
CREATE TABLE orders.customer_batches (
  _file             STRING        NOT NULL COMMENT 'Location of the file; with _size and _modified_at the key',
  _size             BIGINT        NOT NULL COMMENT 'Its size in bytes',
  _modified_at      TIMESTAMP     NOT NULL COMMENT 'When it was last modified (UTC)',
  content           DECIMAL(38,0) NOT NULL COMMENT 'Sum of 64-bit hashes of its numbered lines, by which a redelivery is known',
  line_count        BIGINT        NOT NULL COMMENT 'Lines in it, without header and blank ones',
  customer_count    BIGINT        NOT NULL COMMENT 'Of these, rows of customers',
  quarantined_count BIGINT        NOT NULL COMMENT 'Of these, lines in orders_quarantine that are not rows of customers',
  redelivery        BOOLEAN       NOT NULL COMMENT 'Whether the batch delivered before it has the same content, so that nothing was done',
  _loaded_at        TIMESTAMP     NOT NULL COMMENT 'When it was loaded in that state (UTC)'
)
USING DELTA
COMMENT 'Batches of customers that were loaded, and what became of their lines'
CLUSTER BY (_file)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE orders.customer_batches ADD CONSTRAINT every_line_counted CHECK (line_count = customer_count + quarantined_count);
