-- What Unity Catalog knows about blog_analysis.ingested_files: key, tags, grants. Applied by the task apply_schemas
-- whenever it has changed.
--   ${reader_group}  may query

ALTER TABLE blog_analysis.ingested_files ADD CONSTRAINT ingested_files_pk PRIMARY KEY (_file);

ALTER TABLE blog_analysis.ingested_files SET TAGS ('product' = 'votes');

GRANT SELECT ON TABLE blog_analysis.ingested_files TO `${reader_group}`;
