-- What each age group spent. The three named groups are always there, Unknown when it has rows.
CREATE TABLE spending.age_group_spending (
  age_group      STRING         NOT NULL COMMENT 'Age group; the key',
  total_spending DECIMAL(28, 2) NOT NULL COMMENT 'Sum of the prices of its purchases',
  _loaded_at     TIMESTAMP      NOT NULL COMMENT 'When the row was brought to its present state (UTC)'
)
USING DELTA
COMMENT 'What each age group spent'
CLUSTER BY (age_group)
TBLPROPERTIES ('delta.enableDeletionVectors' = 'true');

ALTER TABLE spending.age_group_spending ADD CONSTRAINT known_age_group CHECK (age_group IN ('Young', 'Middle-aged', 'Senior', 'Unknown'));
