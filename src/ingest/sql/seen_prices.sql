-- Dollars and hours of usage whose On-Demand value is told, to be divided outside.
SELECT
  usage_type,
  operation,
  CAST(SUM(usage_amount) AS DOUBLE) AS usage_hours,
  CAST(SUM(on_demand_usd) AS DOUBLE) AS on_demand_usd
FROM line
WHERE (line_item_type IN ('Usage', 'SavingsPlanCoveredUsage') AND usage_amount > 0 AND on_demand_usd > 0)
  OR (line_item_type IN ('UsageCorrection', 'SavingsPlanCoveredUsageCorrection') AND usage_amount < 0 AND on_demand_usd < 0)
GROUP BY 1, 2
HAVING SUM(usage_amount) > 0 AND SUM(on_demand_usd) > 0
ORDER BY 1, 2
