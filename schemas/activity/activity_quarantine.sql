-- Lines of the input that are not accepted. The load replaces the table in one commit, and only where other rows follow.
CREATE TABLE activity.activity_quarantine (
  text       STRING                 COMMENT 'The line as it stands in the file; bytes that are not UTF-8 are shown as ISO-8859-1',
  _reasons   ARRAY<STRING> NOT NULL COMMENT 'Every reason why the line is not accepted',
  _file      STRING        NOT NULL COMMENT 'File of the line; with _line the key',
  _line      BIGINT        NOT NULL COMMENT 'Number of the line in the file, from 1',
  _loaded_at TIMESTAMP     NOT NULL COMMENT 'When the table was brought to its present state (UTC)'
)
USING DELTA
COMMENT 'Lines of the newest input that are not accepted, with all their reasons'
CLUSTER BY (_file, _line)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE activity.activity_quarantine ADD CONSTRAINT reason_given CHECK (size(_reasons) > 0);
