-- How much each industry changed in the 24 hours before a moment, compared with the mean of the 30 days before these 24 hours.
-- :as_of is that moment (such as 2026-11-20T10:00:00Z), cut to the full hour of UTC; empty: now.
--   An order counts in full for each industry of its customer, by the industries known now.
--   The mean is always the sum of 30 days divided by 30. relative_change is computed from the sums, not from the rounded mean.
--   Hours are counted, not days, because in many time zones a day is not always 24 hours long.
WITH moment AS (
  SELECT timestamp_seconds(
    unix_seconds(coalesce(CAST(nullif(:as_of, '') AS TIMESTAMP), current_timestamp())) DIV 3600 * 3600) AS as_of
),
industries AS (
  SELECT explode(array('Agriculture', 'Colours', 'Cleaning', 'Construction', 'Cosmetics',
    'Food', 'Lubricants', 'Oil&Gas', 'Pharmaceuticals', 'Polymer')) AS industry
),
hours AS (
  SELECT customer_industries.industry, customer_hourly.hour, customer_hourly.amount
  FROM orders.customer_hourly
  JOIN orders.customer_industries USING (customer_id)
  WHERE customer_hourly.hour >= (SELECT as_of FROM moment) - INTERVAL 744 HOURS
    AND customer_hourly.hour < (SELECT as_of FROM moment)
),
sums AS (
  SELECT
    industry,
    CAST(coalesce(sum(amount) FILTER (WHERE hour >= (SELECT as_of FROM moment) - INTERVAL 24 HOURS), 0) AS DECIMAL(22,4)) AS last_day,
    CAST(coalesce(sum(amount) FILTER (WHERE hour < (SELECT as_of FROM moment) - INTERVAL 24 HOURS), 0) AS DECIMAL(22,4)) AS month
  FROM industries
  LEFT JOIN hours USING (industry)
  GROUP BY industry
),
changes AS (
  SELECT
    industry,
    CAST(last_day AS DECIMAL(28,4)) AS amount_24h,
    CAST(month / 30 AS DECIMAL(28,6)) AS daily_mean,
    CAST((30 * last_day - month) / 30 AS DECIMAL(28,6)) AS change,
    CASE
      WHEN month <> 0 THEN CAST(CAST(30 * last_day - month AS DECIMAL(28,4)) / abs(month) AS DECIMAL(28,10))
      WHEN last_day = 0 THEN 0
    END AS relative_change
  FROM sums
)
SELECT
  (SELECT as_of FROM moment) AS as_of,
  industry,
  amount_24h,
  daily_mean,
  change,
  relative_change,
  CAST(row_number() OVER (ORDER BY abs(relative_change) DESC NULLS LAST, industry) AS INT) AS rank,
  CASE WHEN relative_change IS NULL THEN 'new' WHEN change = 0 THEN 'unchanged' ELSE 'changed' END AS status
FROM changes
ORDER BY rank;
