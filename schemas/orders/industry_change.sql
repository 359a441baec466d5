-- How much the industries changed: the last 24 hours before as_of compared with the 30 days before them.
CREATE TABLE orders.industry_change (
  as_of           TIMESTAMP     NOT NULL COMMENT 'The moment that the row describes, a full hour (UTC); with industry the key',
  industry        STRING        NOT NULL COMMENT 'Industry',
  amount_24h      DECIMAL(28,4) NOT NULL COMMENT 'Amount of the 24 hours before as_of',
  daily_mean      DECIMAL(28,6) NOT NULL COMMENT 'Mean amount per 24 hours over the 30 days before those: their sum divided by 30',
  change          DECIMAL(28,6) NOT NULL COMMENT 'amount_24h less daily_mean',
  relative_change DECIMAL(28,10)         COMMENT 'change in relation to daily_mean, 0.1 for ten per cent more; NULL where there is no mean to relate it to',
  rank            INT           NOT NULL COMMENT 'Place by the size of relative_change whatever its sign, ties by name, those without one last',
  status          STRING        NOT NULL COMMENT 'changed; unchanged; new: an amount now and none in the 30 days',
  _loaded_at      TIMESTAMP     NOT NULL COMMENT 'When it was written here (UTC)'
)
USING DELTA
COMMENT 'How much the industries changed in the 24 hours before as_of, compared with the 30 days before'
CLUSTER BY (as_of)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE orders.industry_change ADD CONSTRAINT known_status CHECK (status IN ('changed', 'unchanged', 'new'));
ALTER TABLE orders.industry_change ADD CONSTRAINT ten_ranks CHECK (rank BETWEEN 1 AND 10);
ALTER TABLE orders.industry_change ADD CONSTRAINT new_has_no_relation CHECK ((status = 'new') = (relative_change IS NULL));
