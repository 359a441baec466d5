-- Files that were ingested, as they were then. One whose size or time of modification differs is read again, whole.
CREATE TABLE blog_analysis.ingested_files (
  _file             STRING    NOT NULL COMMENT 'Location of the file; the key',
  _size             BIGINT    NOT NULL COMMENT 'Its size in bytes',
  _modified_at      TIMESTAMP NOT NULL COMMENT 'When it was last modified (UTC)',
  line_count        BIGINT    NOT NULL COMMENT 'Lines in it, without blank ones',
  vote_count        BIGINT    NOT NULL COMMENT 'Of these, votes that it delivered first',
  repeated_count    BIGINT    NOT NULL COMMENT 'Of these, votes that were delivered before with the same content',
  quarantined_count BIGINT    NOT NULL COMMENT 'Of these, lines in votes_quarantine',
  _loaded_at        TIMESTAMP NOT NULL COMMENT 'When it was ingested in that state (UTC)'
)
USING DELTA
COMMENT 'Files that were ingested into votes, and what became of their lines'
CLUSTER BY (_file)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE blog_analysis.ingested_files ADD CONSTRAINT every_line_counted CHECK (line_count = vote_count + repeated_count + quarantined_count);
