-- Votes, one row for each Id however often it was delivered: the first delivery holds.
CREATE TABLE blog_analysis.votes (
  id            BIGINT        NOT NULL COMMENT 'Id of the vote; the key',
  post_id       BIGINT        NOT NULL COMMENT 'Post that was voted on',
  vote_type_id  BIGINT        NOT NULL COMMENT 'Kind of vote',
  creation_date TIMESTAMP_NTZ NOT NULL COMMENT 'When the vote was given, local time of the source',
  user_id       BIGINT                 COMMENT 'Who voted, where the source says so',
  bounty_amount INT                    COMMENT 'Reputation that was offered or awarded, for votes about bounties',
  _file         STRING        NOT NULL COMMENT 'File that delivered the vote first',
  _line         BIGINT        NOT NULL COMMENT 'Number of its line in that file, from 1',
  _loaded_at    TIMESTAMP     NOT NULL COMMENT 'When the vote was ingested (UTC)'
)
USING DELTA
COMMENT 'Votes, one row for each Id however often it was delivered'
CLUSTER BY (id)
TBLPROPERTIES (
  'delta.enableDeletionVectors' = 'true',
  'delta.dataSkippingStatsColumns' = 'id,creation_date'
);
