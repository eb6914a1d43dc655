-- The hours that each delivery's usage spans, as hours since the epoch.
SELECT
  delivery,
  CAST(MIN(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour)) AS INTEGER) AS from_hour,
  CAST(MAX(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour) + period_hours) AS INTEGER) AS to_hour
FROM line
WHERE line_item_type IN ('Usage', 'SavingsPlanCoveredUsage', 'SavingsPlanCoveredUsageUnpriced', 'UsageBilledAtZero')
GROUP BY 1
ORDER BY 1
