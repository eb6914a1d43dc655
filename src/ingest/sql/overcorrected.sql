-- Hours of which more usage was taken back than there was, by usage type.
SELECT
  usage_type,
  MIN(delivery) AS delivery,
  CAST(COUNT(DISTINCT usage_hour) AS INTEGER) AS hour_count,
  CAST(MIN(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour)) AS INTEGER) AS first_hour,
  CAST(MAX(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour)) AS INTEGER) AS last_hour,
  CAST(SUM(billed_usd) AS DECIMAL(38, 12)) AS billed_usd,
  CAST(SUM(on_demand_usd) AS DECIMAL(38, 12)) AS on_demand_usd
FROM netted_line
WHERE line_item_type IN ('UsageOvercorrected', 'SavingsPlanCoveredUsageOvercorrected')
GROUP BY 1
ORDER BY 7, 1
