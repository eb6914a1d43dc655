-- `priced_line`, corrections (usage that AWS takes back) being usage below zero of their hour: what sums up usage nets them. Where an hour's
-- usage of an account, or what a plan covered of it, comes to less than nothing, all rows of that hour stand apart as overcorrected.
WITH below_zero AS (
  SELECT
    account_id,
    region,
    usage_hour,
    period_hours,
    usage_type,
    operation,
    plan_arn,
    replace(line_item_type, 'Correction', '') AS line_item_type
  FROM priced_line
  WHERE line_item_type IN ('Usage', 'UsageCorrection', 'SavingsPlanCoveredUsage', 'SavingsPlanCoveredUsageCorrection')
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
  HAVING SUM(on_demand_usd) < 0 OR SUM(usage_amount) < 0 OR SUM(savings_plan_usd) < 0
)
SELECT
  line.delivery AS delivery,
  line.payer_account_id AS payer_account_id,
  line.account_id AS account_id,
  line.billing_period AS billing_period,
  line.region AS region,
  line.usage_hour AS usage_hour,
  line.period_hours AS period_hours,
  CASE
    WHEN below_zero.line_item_type IS NOT NULL THEN below_zero.line_item_type || 'Overcorrected'
    WHEN line.line_item_type IN ('UsageCorrection', 'UsageBilledAtZeroCorrection', 'SavingsPlanCoveredUsageCorrection')
      THEN replace(line.line_item_type, 'Correction', '')
    ELSE line.line_item_type
  END AS line_item_type,
  line.product_code AS product_code,
  line.usage_type AS usage_type,
  line.operation AS operation,
  line.currency AS currency,
  line.plan_arn AS plan_arn,
  line.plan_offering_type AS plan_offering_type,
  line.plan_payment_option AS plan_payment_option,
  line.plan_term AS plan_term,
  line.plan_start AS plan_start,
  line.plan_end AS plan_end,
  line.row_count AS row_count,
  line.fault_count AS fault_count,
  line.net_row_count AS net_row_count,
  line.usage_amount AS usage_amount,
  line.billed_usd AS billed_usd,
  line.net_billed_usd AS net_billed_usd,
  line.on_demand_usd AS on_demand_usd,
  -- Below zero, a plan's use is none.
  CASE WHEN below_zero.line_item_type IS NULL THEN line.savings_plan_usd ELSE 0 END AS savings_plan_usd,
  CASE WHEN below_zero.line_item_type IS NULL THEN line.commitment_usd ELSE 0 END AS commitment_usd,
  CASE WHEN below_zero.line_item_type IS NULL THEN line.used_commitment_usd ELSE 0 END AS used_commitment_usd
FROM priced_line AS line
LEFT JOIN below_zero
  ON below_zero.account_id = line.account_id
  AND below_zero.region = line.region
  AND below_zero.usage_hour = line.usage_hour
  AND below_zero.period_hours = line.period_hours
  AND below_zero.usage_type = line.usage_type
  AND below_zero.operation = line.operation
  AND below_zero.plan_arn = line.plan_arn
  AND below_zero.line_item_type = replace(line.line_item_type, 'Correction', '')
