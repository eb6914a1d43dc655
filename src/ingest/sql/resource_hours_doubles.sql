-- Resource-hours for the detectors, which run on doubles. A resource-hour may come in several parts; more taken back than used is none.
SELECT
  resource.resource AS resource,
  CAST(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour) AS INTEGER) AS hour,
  greatest(CAST(SUM(usage_amount) AS DOUBLE), 0) AS usage_hours,
  greatest(
    CAST(SUM(on_demand_usd) AS DOUBLE)
      + COALESCE(SUM(CAST(unpriced_amount AS DOUBLE) * CAST(unpriced_rate.usd_per_hour AS DOUBLE)), 0),
    0
  ) AS on_demand_usd
FROM resource_hour
JOIN resource
  ON resource.resource_id = resource_hour.resource_id
  AND resource.account_id = resource_hour.account_id
  AND resource.usage_type = resource_hour.usage_type
  AND resource.operation = resource_hour.operation
  AND resource.region = resource_hour.region
LEFT JOIN unpriced_rate
  ON unpriced_rate.usage_type = resource_hour.usage_type
  AND unpriced_rate.operation = resource_hour.operation
GROUP BY 1, 2
ORDER BY 1, 2
