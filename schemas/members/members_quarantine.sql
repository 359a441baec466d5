-- Rows of the newest extract that break an expectation, as the source has them. A row leaves when the source is corrected.
CREATE TABLE members.members_quarantine (
  member_id         STRING                 COMMENT 'Unique identifier as the source has it',
  first_name        STRING                 COMMENT 'Given name as the source has it',
  last_name         STRING                 COMMENT 'Family name as the source has it',
  email             STRING                 COMMENT 'E-mail address as the source has it',
  phone_number      STRING                 COMMENT 'Telephone number as the source has it',
  address           STRING                 COMMENT 'Street address as the source has it',
  city              STRING                 COMMENT 'City as the source has it',
  country           STRING                 COMMENT 'Country as the source has it',
  registration_date DATE                   COMMENT 'Day of registration as the source has it',
  _reasons          ARRAY<STRING> NOT NULL COMMENT 'Every expectation that the row breaks',
  _row_checksum     BIGINT        NOT NULL COMMENT 'First 64 bits of SHA-256 over the source row',
  _extract          BIGINT        NOT NULL COMMENT 'Number of the extract that brought the row here in its present state',
  _loaded_at        TIMESTAMP     NOT NULL COMMENT 'When it was brought here in that state (UTC)'
)
USING DELTA
COMMENT 'Members of the newest extract that are not accepted, with all their reasons'
CLUSTER BY (_extract)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE members.members_quarantine ADD CONSTRAINT reason_given CHECK (size(_reasons) > 0);
