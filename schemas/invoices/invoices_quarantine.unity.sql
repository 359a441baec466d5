-- What Unity Catalog knows about invoices.invoices_quarantine: it shows documents as they are, so only those who may see
-- personal data may read it. Applied by the task apply_schemas whenever it has changed.

ALTER TABLE invoices.invoices_quarantine ADD CONSTRAINT invoices_quarantine_pk PRIMARY KEY (_file);

ALTER TABLE invoices.invoices_quarantine SET TAGS ('product' = 'invoices', 'personal_data' = 'yes');
ALTER TABLE invoices.invoices_quarantine ALTER COLUMN text SET TAGS ('personal_data' = 'document');

GRANT SELECT ON TABLE invoices.invoices_quarantine TO `${personal_data_group}`;
