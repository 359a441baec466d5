-- What Unity Catalog knows about activity.user_activity: key, tags, grants. E-mail addresses stand in it as pseudonyms, so
-- that readers may query all of it; who holds the keyset can read them. Applied by the task apply_schemas whenever it has
-- changed.

ALTER TABLE activity.user_activity ADD CONSTRAINT user_activity_pk PRIMARY KEY (id, created_at, _widget_position);

ALTER TABLE activity.user_activity SET TAGS ('product' = 'activity', 'personal_data' = 'pseudonymised');
ALTER TABLE activity.user_activity ALTER COLUMN email SET TAGS ('pseudonym' = 'email');

GRANT SELECT ON TABLE activity.user_activity TO `${reader_group}`;
