-- Rows of the two files that were not taken, of their present state.
CREATE TABLE spending.spending_quarantine (
  _reasons   ARRAY<STRING> NOT NULL COMMENT 'Every reason why the row is not accepted',
  _file      STRING        NOT NULL COMMENT 'File of the row; with _line the key',
  _line      BIGINT        NOT NULL COMMENT 'Number of its first line in the file, from 1',
  _text      STRING        NOT NULL COMMENT 'The row as it was delivered; one that is not UTF-8 is shown as ISO-8859-1',
  _loaded_at TIMESTAMP     NOT NULL COMMENT 'When it was brought here (UTC)'
)
USING DELTA
COMMENT 'Rows of customers and purchases that could not be accepted, with all their reasons'
CLUSTER BY (_file)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE spending.spending_quarantine ADD CONSTRAINT reason_given CHECK (size(_reasons) > 0);
