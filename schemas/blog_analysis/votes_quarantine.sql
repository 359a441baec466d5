-- Lines that were not taken as votes, of the present state of each file. A row leaves when its file is read again without it.
CREATE TABLE blog_analysis.votes_quarantine (
  _reasons   ARRAY<STRING> NOT NULL COMMENT 'Every reason why the line is not a vote',
  _file      STRING        NOT NULL COMMENT 'File of the line; with _line the key',
  _line      BIGINT        NOT NULL COMMENT 'Number of the line in its file, from 1',
  _text      STRING        NOT NULL COMMENT 'The line as it was delivered; one that is not UTF-8 is shown as ISO-8859-1, one that is too long is empty',
  _loaded_at TIMESTAMP     NOT NULL COMMENT 'When it was brought here (UTC)'
)
USING DELTA
COMMENT 'Lines that could not be accepted as votes, with all their reasons'
CLUSTER BY (_file)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE blog_analysis.votes_quarantine ADD CONSTRAINT reason_given CHECK (size(_reasons) > 0);
