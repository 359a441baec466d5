-- What Unity Catalog knows about spending.spending_quarantine: it shows rows as they were delivered, so only those who may
-- see personal data may read it. Applied by the task apply_schemas whenever it has changed.

ALTER TABLE spending.spending_quarantine SET TAGS ('product' = 'spending', 'personal_data' = 'yes');
ALTER TABLE spending.spending_quarantine ALTER COLUMN _text SET TAGS ('personal_data' = 'document');

GRANT SELECT ON TABLE spending.spending_quarantine TO `${personal_data_group}`;
