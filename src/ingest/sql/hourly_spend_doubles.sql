-- The same for the model, which runs on doubles.
SELECT
  hour,
  item,
  period_hours,
  CAST(usage_hours AS DOUBLE) AS usage_hours,
  CAST(on_demand_usd AS DOUBLE) AS on_demand_usd,
  CAST(covered_on_demand_usd AS DOUBLE) AS covered_on_demand_usd,
  CAST(covered_savings_plan_usd AS DOUBLE) AS covered_savings_plan_usd,
  CAST(covered_by_unknown_usd AS DOUBLE) AS covered_by_unknown_usd
FROM hourly_spend
ORDER BY 1, 2, 3
