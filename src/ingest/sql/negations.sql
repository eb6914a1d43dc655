-- Covered usage against its negation, per plan, hour, usage type and operation: the two must cancel.
SELECT
  COUNT(*) AS comparisons,
  CAST(SUM(abs(difference_usd)) AS DECIMAL(38, 12)) AS difference_usd,
  CAST(MAX(abs(difference_usd)) AS DECIMAL(38, 12)) AS worst_usd
FROM (
  SELECT
    plan_arn,
    usage_hour,
    usage_type,
    operation,
    SUM(billed_usd) AS difference_usd
  FROM netted_line
  WHERE line_item_type IN ('SavingsPlanCoveredUsage', 'SavingsPlanCoveredUsageOvercorrected', 'SavingsPlanNegation') AND plan_arn <> ''
  GROUP BY 1, 2, 3, 4
) AS cancelled
