-- The span of the usage, as hours since the epoch, and how many hours an instance's line spans: 1 in hourly exports. Where
-- lines of several lengths are mixed and the longer ones hold more than a hundredth of the dollars, the longest counts. Other
-- lines (monthly charges) don't stretch the span.
WITH usage_line AS (
  SELECT
    date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour) AS hour,
    period_hours,
    strpos(usage_type, 'ml.') > 0 AND line_item_type <> 'UsageBilledAtZero' AS is_instance,
    on_demand_usd
  FROM line
  WHERE line_item_type IN ('Usage', 'SavingsPlanCoveredUsage', 'SavingsPlanCoveredUsageUnpriced', 'UsageBilledAtZero')
),
length AS (
  SELECT
    COALESCE(MIN(period_hours) FILTER (WHERE is_instance), MIN(period_hours)) AS shortest,
    COALESCE(MAX(period_hours) FILTER (WHERE is_instance), MIN(period_hours)) AS longest
  FROM usage_line
),
granularity AS (
  SELECT CASE
    WHEN 100 * COALESCE(SUM(on_demand_usd) FILTER (WHERE is_instance AND period_hours > shortest), 0)
      > COALESCE(SUM(on_demand_usd) FILTER (WHERE is_instance), 0) THEN MAX(longest)
    ELSE MAX(shortest)
  END AS hours
  FROM usage_line
  CROSS JOIN length
)
SELECT
  CAST(MIN(hour) AS INTEGER) AS first_hour,
  CAST(MAX(hour + period_hours - 1) AS INTEGER) AS last_hour,
  CAST(MAX(granularity.hours) AS INTEGER) AS granularity_hours
FROM usage_line
CROSS JOIN granularity
WHERE is_instance OR period_hours <= granularity.hours
