-- What each plan was used for in a span of hours, at Savings Plans rates.
SELECT
  plan_arn,
  usage_type,
  operation,
  region,
  CAST(SUM(savings_plan_usd) AS DOUBLE) AS used_usd
FROM netted_line
WHERE line_item_type = 'SavingsPlanCoveredUsage'
  AND plan_arn <> ''
  AND date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour) >= ?
  AND date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour) < ?
GROUP BY 1, 2, 3, 4
ORDER BY 1, 2, 3, 4
