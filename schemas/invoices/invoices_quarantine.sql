-- Documents that are not accepted, one row for each file. A row leaves when the file of that name is accepted.
CREATE TABLE invoices.invoices_quarantine (
  invoice_number STRING                 COMMENT 'Number of the invoice as far as it could be read',
  text           STRING                 COMMENT 'Text of the document as far as it could be read, its first 100,000 characters',
  _reasons       ARRAY<STRING> NOT NULL COMMENT 'Every reason why the document is not accepted',
  _file          STRING        NOT NULL COMMENT 'File of the document; the key',
  _size          BIGINT        NOT NULL COMMENT 'Size of the file in bytes',
  _document      STRING                 COMMENT 'SHA-256 of the document; NULL where it was too large to be read',
  _modified_at   TIMESTAMP              COMMENT 'When the file was last modified (UTC); NULL where it is empty',
  _loaded_at     TIMESTAMP     NOT NULL COMMENT 'When it was brought here in that state (UTC)'
)
USING DELTA
COMMENT 'Documents that are not accepted as invoices, with all their reasons'
CLUSTER BY (_file)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE invoices.invoices_quarantine ADD CONSTRAINT reason_given CHECK (size(_reasons) > 0);
