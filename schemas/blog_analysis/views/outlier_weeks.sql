-- Weeks whose number of votes differs by more than 20 % from the mean of all weeks that have votes.
--   Weeks start on Monday; days before a year's first Monday are week 0 (%W of strftime). weekday() is 0 on Monday. A week
--   cut by New Year counts as two.
--   |1 - votes / mean| > 0.2 where mean = total / weeks; multiplied out, so that whole numbers are compared exactly.
CREATE OR REPLACE VIEW blog_analysis.outlier_weeks (
  year        COMMENT 'Calendar year',
  week_number COMMENT 'Week of the year, 0 to 53',
  vote_count  COMMENT 'Votes given in that week'
)
COMMENT 'Weeks whose number of votes differs by more than 20 % from the mean of all weeks that have votes'
AS
WITH weeks AS (
  SELECT
    year(creation_date) AS year,
    CAST((dayofyear(creation_date) - 1 + 7 - weekday(creation_date)) DIV 7 AS INT) AS week_number,
    count(*) AS vote_count
  FROM blog_analysis.votes
  GROUP BY ALL
),
compared AS (
  SELECT
    *,
    sum(vote_count) OVER () AS total_votes,
    count(*) OVER () AS total_weeks
  FROM weeks
)
SELECT year, week_number, vote_count
FROM compared
WHERE 5 * abs(total_votes - vote_count * total_weeks) > total_votes
ORDER BY year, week_number;

-- For readers, in Unity Catalog.
GRANT SELECT ON VIEW blog_analysis.outlier_weeks TO `${reader_group}`;
