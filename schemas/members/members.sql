-- Members as the source has them, accepted rows only; a row whose present state is in quarantine stays at its last good
-- state.
CREATE TABLE members.members (
  member_id         STRING    NOT NULL COMMENT 'Unique identifier, a UUID; the key',
  first_name        STRING    NOT NULL COMMENT 'Given name',
  last_name         STRING    NOT NULL COMMENT 'Family name',
  email             STRING    NOT NULL COMMENT 'E-mail address',
  phone_number      STRING             COMMENT 'Telephone number, free form as people write it',
  address           STRING             COMMENT 'Street address',
  city              STRING             COMMENT 'City where the member resides',
  country           STRING             COMMENT 'Country where the member resides',
  registration_date DATE      NOT NULL COMMENT 'Day on which the member registered',
  _row_checksum     BIGINT    NOT NULL COMMENT 'First 64 bits of SHA-256 over the source row; equal rows have equal checksums',
  _extract          BIGINT    NOT NULL COMMENT 'Number of the extract that brought the row to its present state',
  _loaded_at        TIMESTAMP NOT NULL COMMENT 'When it was brought to that state (UTC)'
)
USING DELTA
COMMENT 'Members, one row each: the present state of the source'
CLUSTER BY (registration_date)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE members.members ADD CONSTRAINT member_id_given CHECK (trim(member_id) <> '');
ALTER TABLE members.members ADD CONSTRAINT names_given CHECK (trim(first_name) <> '' AND trim(last_name) <> '');
ALTER TABLE members.members ADD CONSTRAINT email_has_one_at CHECK (email RLIKE '^[^@]+@[^@]+$');
