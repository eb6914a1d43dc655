-- Savings Plans rates that show in covered rows, per plan and SKU: dollars and usage, to be divided outside.
SELECT
  plan_arn,
  usage_type,
  operation,
  CAST(SUM(usage_amount) AS DOUBLE) AS usage_hours,
  CAST(SUM(savings_plan_usd) AS DOUBLE) AS savings_plan_usd,
  CAST(SUM(on_demand_usd) AS DOUBLE) AS on_demand_usd
FROM netted_line
WHERE line_item_type = 'SavingsPlanCoveredUsage' AND plan_arn <> '' AND usage_amount <> 0
GROUP BY 1, 2, 3
HAVING SUM(usage_amount) > 0
ORDER BY 1, 2, 3
