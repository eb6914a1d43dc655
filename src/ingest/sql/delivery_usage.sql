-- The hours in which SageMaker usage begins in a delivery, by billing period; null in one without usage. The bound value is its number.
SELECT
  billing_period,
  CAST(MIN(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour))
    FILTER (WHERE line_item_type IN ('Usage', 'SavingsPlanCoveredUsage', 'SavingsPlanCoveredUsageUnpriced', 'UsageBilledAtZero')) AS INTEGER) AS first_hour,
  CAST(MAX(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour))
    FILTER (WHERE line_item_type IN ('Usage', 'SavingsPlanCoveredUsage', 'SavingsPlanCoveredUsageUnpriced', 'UsageBilledAtZero')) AS INTEGER) AS last_hour
FROM line
WHERE delivery = ?
GROUP BY 1
ORDER BY 1
