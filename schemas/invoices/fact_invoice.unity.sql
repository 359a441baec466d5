-- What Unity Catalog knows about invoices.fact_invoice: keys, tags on personal data, masks, grants. Applied by the task
-- apply_schemas whenever it has changed, after ops.task_runs, whose file makes the mask, and invoices.member_number, whose
-- key the foreign key needs.
--   ${job_group}            runs the workflows: it sees what is stored
--   ${personal_data_group}  may see personal data
--   ${reader_group}         may query, personal data masked

ALTER TABLE invoices.fact_invoice ADD CONSTRAINT fact_invoice_pk PRIMARY KEY (invoice_number);
ALTER TABLE invoices.fact_invoice ADD CONSTRAINT fact_invoice_member_number_fk FOREIGN KEY (member_number) REFERENCES invoices.member_number (member_number);

ALTER TABLE invoices.fact_invoice SET TAGS ('product' = 'invoices', 'personal_data' = 'yes');
ALTER TABLE invoices.fact_invoice ALTER COLUMN member_number SET TAGS ('pseudonym' = 'customer number');
ALTER TABLE invoices.fact_invoice ALTER COLUMN bill_to_name SET TAGS ('personal_data' = 'name');
ALTER TABLE invoices.fact_invoice ALTER COLUMN bill_to_address SET TAGS ('personal_data' = 'address');
ALTER TABLE invoices.fact_invoice ALTER COLUMN ship_to_name SET TAGS ('personal_data' = 'name');
ALTER TABLE invoices.fact_invoice ALTER COLUMN ship_to_address SET TAGS ('personal_data' = 'address');

ALTER TABLE invoices.fact_invoice ALTER COLUMN bill_to_name SET MASK ops.masked_text;
ALTER TABLE invoices.fact_invoice ALTER COLUMN bill_to_address SET MASK ops.masked_text;
ALTER TABLE invoices.fact_invoice ALTER COLUMN ship_to_name SET MASK ops.masked_text;
ALTER TABLE invoices.fact_invoice ALTER COLUMN ship_to_address SET MASK ops.masked_text;

GRANT SELECT ON TABLE invoices.fact_invoice TO `${reader_group}`;
GRANT SELECT ON TABLE invoices.fact_invoice TO `${personal_data_group}`;
