-- Instance usage that is billed at exactly $0, by usage type; public dollars where they are told.
SELECT
  usage_type,
  CAST(SUM(usage_amount) AS DOUBLE) AS usage_hours,
  CAST(SUM(on_demand_usd) AS DOUBLE) AS on_demand_usd
FROM netted_line
WHERE line_item_type = 'UsageBilledAtZero'
  OR (line_item_type = 'Usage' AND on_demand_usd = 0 AND usage_amount <> 0 AND strpos(usage_type, 'ml.') > 0)
GROUP BY 1
HAVING SUM(usage_amount) > 0 OR SUM(on_demand_usd) > 0
ORDER BY 3 DESC, 1
