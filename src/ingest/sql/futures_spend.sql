-- The hours of all futures in one line of hours, scenario after scenario, for the model, which runs on doubles. `future` numbers
-- the scenarios from 0; all span the file's hours.
WITH span AS (
  SELECT
    MIN(first_hour) AS first_hour,
    MAX(last_hour) - MIN(first_hour) + 1 AS hour_count
  FROM line
)
SELECT
  CAST(CAST(future.number AS INTEGER) * span.hour_count + charge.hour - span.first_hour AS INTEGER) AS hour,
  item.item AS item,
  CAST(SUM(charge.usage_hours) AS DOUBLE) AS usage_hours,
  CAST(SUM(charge.on_demand_usd) AS DOUBLE) AS on_demand_usd
FROM charge
CROSS JOIN span
JOIN future ON future.scenario = charge.scenario
JOIN item
  ON item.account_id = charge.account_id
  AND item.usage_type = charge.usage_type
  AND item.operation = charge.operation
  AND item.region = charge.region
GROUP BY 1, 2
ORDER BY 1, 2
