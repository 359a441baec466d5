-- What was delivered and not taken: messages that are no orders, lines of batches that are no customers, and industries that
-- are not on the list. Rows stay: what was delivered does not change.
CREATE TABLE orders.orders_quarantine (
  _reasons         ARRAY<STRING> NOT NULL COMMENT 'Every reason why it was not accepted',
  _topic           STRING                 COMMENT 'Of a message, its Kafka topic',
  _partition       INT                    COMMENT 'Of a message, its partition',
  _offset          BIGINT                 COMMENT 'Of a message, its offset in the partition',
  _kafka_timestamp TIMESTAMP              COMMENT 'Of a message, its timestamp in Kafka (UTC)',
  _file            STRING                 COMMENT 'Of a line, the batch that delivered it',
  _line            BIGINT                 COMMENT 'Of a line, its number in that file, from 1',
  _delivered_at    TIMESTAMP              COMMENT 'Of a line, when the batch was delivered (UTC)',
  customer_id      STRING                 COMMENT 'Of an industry, the customer that it was given for',
  industry         STRING                 COMMENT 'Of an industry, the value that is not on the list',
  _text            STRING                 COMMENT 'The message or line as delivered, shown as ISO-8859-1 where it is not UTF-8; NULL for a message without a value',
  _loaded_at       TIMESTAMP     NOT NULL COMMENT 'When it was brought here (UTC)'
)
USING DELTA
COMMENT 'Messages, lines and industries that were delivered and could not be accepted, with all their reasons'
CLUSTER BY (_kafka_timestamp, _file)
TBLPROPERTIES (
  'delta.enableDeletionVectors' = 'true',
  'delta.dataSkippingStatsColumns' = '_kafka_timestamp,_topic,_partition,_offset,_file,_line,_delivered_at'
);

ALTER TABLE orders.orders_quarantine ADD CONSTRAINT reason_given CHECK (size(_reasons) > 0);
ALTER TABLE orders.orders_quarantine ADD CONSTRAINT message_or_line CHECK ((_topic IS NULL) <> (_file IS NULL));
