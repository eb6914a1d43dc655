-- The span of the usage, as hours since the epoch, and how many hours an instance's line spans (1 in hourly exports). Lines
-- that span more than instances' do (monthly charges) don't stretch it.
WITH usage_line AS (
  SELECT
    date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour) AS hour,
    period_hours,
    strpos(usage_type, 'ml.') > 0 AS is_instance
  FROM line
  WHERE line_item_type IN ('Usage', 'SavingsPlanCoveredUsage')
),
granularity AS (
  SELECT COALESCE(MIN(period_hours) FILTER (WHERE is_instance), MIN(period_hours)) AS hours
  FROM usage_line
)
SELECT
  CAST(MIN(hour) AS INTEGER) AS first_hour,
  CAST(MAX(hour + period_hours - 1) AS INTEGER) AS last_hour,
  CAST(MAX(granularity.hours) AS INTEGER) AS granularity_hours,
  MAX(hour % 24) = 0 AND MAX(hour) > MIN(hour) AS only_midnights
FROM usage_line
CROSS JOIN granularity
WHERE period_hours <= granularity.hours
