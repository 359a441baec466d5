-- What Unity Catalog knows about activity.activity_quarantine: it shows lines as they are, addresses in the clear, so only
-- those who may see personal data may read it. Applied by the task apply_schemas whenever it has changed.

ALTER TABLE activity.activity_quarantine ADD CONSTRAINT activity_quarantine_pk PRIMARY KEY (_file, _line);

ALTER TABLE activity.activity_quarantine SET TAGS ('product' = 'activity', 'personal_data' = 'yes');
ALTER TABLE activity.activity_quarantine ALTER COLUMN text SET TAGS ('personal_data' = 'line');

GRANT SELECT ON TABLE activity.activity_quarantine TO `${personal_data_group}`;
