-- What Unity Catalog knows about invoices.fact_invoice_line: keys, tags, grants. Applied by the task apply_schemas whenever
-- it has changed, after invoices.fact_invoice and invoices.member_number, whose keys the foreign keys need.
--   ${reader_group}         may query
--   ${personal_data_group}  may see personal data

ALTER TABLE invoices.fact_invoice_line ADD CONSTRAINT fact_invoice_line_pk PRIMARY KEY (invoice_number, line_number);
ALTER TABLE invoices.fact_invoice_line ADD CONSTRAINT fact_invoice_line_invoice_fk FOREIGN KEY (invoice_number) REFERENCES invoices.fact_invoice (invoice_number);
ALTER TABLE invoices.fact_invoice_line ADD CONSTRAINT fact_invoice_line_member_number_fk FOREIGN KEY (member_number) REFERENCES invoices.member_number (member_number);

ALTER TABLE invoices.fact_invoice_line SET TAGS ('product' = 'invoices');
ALTER TABLE invoices.fact_invoice_line ALTER COLUMN member_number SET TAGS ('pseudonym' = 'customer number');

GRANT SELECT ON TABLE invoices.fact_invoice_line TO `${reader_group}`;
GRANT SELECT ON TABLE invoices.fact_invoice_line TO `${personal_data_group}`;
