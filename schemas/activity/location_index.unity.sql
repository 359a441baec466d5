-- What Unity Catalog knows about activity.location_index: key, tags, grants. Applied by the task apply_schemas whenever it
-- has changed.

ALTER TABLE activity.location_index ADD CONSTRAINT location_index_pk PRIMARY KEY (location);

ALTER TABLE activity.location_index SET TAGS ('product' = 'activity', 'personal_data' = 'pseudonymised');

GRANT SELECT ON TABLE activity.location_index TO `${reader_group}`;
