-- The normalized table, as `normalize` writes it. `part` holds what each item's usage type is made of.
SELECT
  replace(substr(CAST(TIMESTAMP '1970-01-01 00:00:00' + hourly_spend.hour * INTERVAL '1' HOUR AS VARCHAR), 1, 19), ' ', 'T')
    || 'Z' AS usage_hour,
  item.account_id AS account_id,
  part.region AS region,
  part.component AS component,
  part.instance_type AS instance_type,
  item.usage_type AS usage_type,
  item.operation AS operation,
  hourly_spend.usage_hours AS usage_hours,
  hourly_spend.on_demand_usd AS on_demand_usd,
  hourly_spend.covered_on_demand_usd AS covered_on_demand_usd,
  hourly_spend.covered_savings_plan_usd AS covered_savings_plan_usd
FROM hourly_spend
JOIN item ON item.item = hourly_spend.item
JOIN part ON part.item = CAST(item.item AS VARCHAR)
ORDER BY 1, 2, 3, 6, 7
