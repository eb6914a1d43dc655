-- Usage by hour and item at its On-Demand equivalent, covered or not (AWS, "Understanding Savings Plans" in the CUR guide).
SELECT
  CAST(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour) AS INTEGER) AS hour,
  item.item AS item,
  line.period_hours AS period_hours,
  SUM(line.usage_amount) AS usage_hours,
  SUM(line.on_demand_usd) AS on_demand_usd,
  COALESCE(SUM(line.on_demand_usd) FILTER (WHERE line.line_item_type = 'SavingsPlanCoveredUsage'), 0) AS covered_on_demand_usd,
  SUM(line.savings_plan_usd) AS covered_savings_plan_usd,
  COALESCE(
    SUM(line.on_demand_usd) FILTER (WHERE line.line_item_type = 'SavingsPlanCoveredUsage' AND known_plan.plan_arn IS NULL),
    0
  ) AS covered_by_unknown_usd
FROM netted_line AS line
JOIN item
  ON item.account_id = line.account_id
  AND item.usage_type = line.usage_type
  AND item.operation = line.operation
  AND item.region = line.region
LEFT JOIN known_plan ON known_plan.plan_arn = line.plan_arn
WHERE line.line_item_type IN ('Usage', 'SavingsPlanCoveredUsage')
GROUP BY 1, 2, 3
