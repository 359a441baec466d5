-- Which member a member number belongs to. Invoices name members by a number of the shop, the members table by a UUID:
-- this is the bridge between them. Every number on an invoice has a row, also where nobody knows the member yet.
CREATE TABLE invoices.member_number (
  member_number STRING    NOT NULL COMMENT 'Number by which invoices name a member; the key',
  member_id     STRING             COMMENT 'The member in members.members, a UUID; NULL where not known',
  _loaded_at    TIMESTAMP NOT NULL COMMENT 'When the row was brought to its present state (UTC)'
)
USING DELTA
COMMENT 'Member numbers of invoices, one row each, and the members they belong to'
CLUSTER BY (member_number)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE invoices.member_number ADD CONSTRAINT member_number_given CHECK (trim(member_number) <> '');
