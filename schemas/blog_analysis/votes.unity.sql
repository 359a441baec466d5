-- What Unity Catalog knows about blog_analysis.votes: key, tags, grants. Applied by the task apply_schemas whenever it has
-- changed.
--   ${reader_group}  may query

ALTER TABLE blog_analysis.votes ADD CONSTRAINT votes_pk PRIMARY KEY (id);

ALTER TABLE blog_analysis.votes SET TAGS ('product' = 'votes');

GRANT SELECT ON TABLE blog_analysis.votes TO `${reader_group}`;
