-- Covered usage that came without its On-Demand value, and since when.
SELECT
  usage_type,
  operation,
  MIN(region) AS region,
  MIN(delivery) AS delivery,
  CAST(MIN(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour)) AS INTEGER) AS first_hour,
  CAST(SUM(row_count) AS INTEGER) AS row_count,
  CAST(SUM(usage_amount) AS DOUBLE) AS usage_hours
FROM line
WHERE line_item_type IN ('SavingsPlanCoveredUsageUnpriced', 'SavingsPlanCoveredUsageUnpricedCorrection')
GROUP BY 1, 2
ORDER BY 1, 2
