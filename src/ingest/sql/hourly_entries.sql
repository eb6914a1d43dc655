-- Hours that the rows of the hourly spend stand for: at least as many as entries will be loaded.
SELECT CAST(COALESCE(SUM(period_hours), 0) AS INTEGER) AS entries
FROM hourly_spend
