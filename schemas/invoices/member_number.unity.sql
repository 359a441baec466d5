-- What Unity Catalog knows about invoices.member_number: keys, tags, grants. Applied by the task apply_schemas whenever it
-- has changed, after members.members, whose key the foreign key needs.
--   ${reader_group}         may query
--   ${personal_data_group}  may see personal data

ALTER TABLE invoices.member_number ADD CONSTRAINT member_number_pk PRIMARY KEY (member_number);
ALTER TABLE invoices.member_number ADD CONSTRAINT member_number_member_fk FOREIGN KEY (member_id) REFERENCES members.members (member_id);

ALTER TABLE invoices.member_number SET TAGS ('product' = 'invoices');
ALTER TABLE invoices.member_number ALTER COLUMN member_number SET TAGS ('pseudonym' = 'customer number');

GRANT SELECT ON TABLE invoices.member_number TO `${reader_group}`;
GRANT SELECT ON TABLE invoices.member_number TO `${personal_data_group}`;
