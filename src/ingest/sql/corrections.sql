-- Usage that AWS takes back, by delivery and billing period.
SELECT
  delivery,
  billing_period,
  line_item_type,
  CAST(SUM(row_count) AS INTEGER) AS row_count,
  CAST(SUM(usage_amount) AS DOUBLE) AS usage_hours,
  CAST(SUM(on_demand_usd) AS DECIMAL(38, 12)) AS on_demand_usd,
  CAST(SUM(billed_usd) AS DECIMAL(38, 12)) AS billed_usd
FROM priced_line
WHERE line_item_type IN ('UsageCorrection', 'UsageBilledAtZeroCorrection', 'SavingsPlanCoveredUsageCorrection')
GROUP BY 1, 2, 3
ORDER BY 1, 2, 3
