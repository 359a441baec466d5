-- Customers with what they bought: a row for each purchase, one for each customer without purchases.
CREATE TABLE spending.combined_data (
  customer_id BIGINT         NOT NULL COMMENT 'Number of the customer',
  first_name  STRING                  COMMENT 'First name',
  last_name   STRING                  COMMENT 'Last name',
  full_name   STRING                  COMMENT 'First and last name separated by one space; if one is missing, only the other',
  email       STRING                  COMMENT 'E-mail address',
  age         INT                     COMMENT 'Age in years; NULL where it is missing or not a whole number',
  age_group   STRING         NOT NULL COMMENT 'Young (18 to 29), Middle-aged (30 to 44), Senior (45 to 120), else Unknown',
  product     STRING                  COMMENT 'What was bought; NULL where nothing was',
  price       DECIMAL(18, 2)          COMMENT 'What it cost; NULL where nothing was bought',
  _file       STRING         NOT NULL COMMENT 'File of the purchase or, for a customer without purchases, of the customer. With _line the key',
  _line       BIGINT         NOT NULL COMMENT 'Number of the line in that file, from 1',
  _loaded_at  TIMESTAMP      NOT NULL COMMENT 'When the row was brought to its present state (UTC)'
)
USING DELTA
COMMENT 'Customers with their purchases, nothing lost and nothing multiplied'
CLUSTER BY (customer_id)
TBLPROPERTIES (
  'delta.enableDeletionVectors' = 'true',
  'delta.dataSkippingStatsColumns' = 'customer_id,age,age_group,price'
);

ALTER TABLE spending.combined_data ADD CONSTRAINT known_age_group CHECK (age_group IN ('Young', 'Middle-aged', 'Senior', 'Unknown'));
ALTER TABLE spending.combined_data ADD CONSTRAINT price_not_negative CHECK (price IS NULL OR price >= 0);
