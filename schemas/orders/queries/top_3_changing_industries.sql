-- Which top 3 industries show the biggest change in the last 24 hours compared with the average of the past 30 days?
-- Answered for the moment that was ranked last.
SELECT rank, industry, amount_24h, daily_mean, change, relative_change, status, as_of
FROM orders.industry_change
WHERE as_of = (SELECT max(as_of) FROM orders.industry_change) AND rank <= 3
ORDER BY rank;
