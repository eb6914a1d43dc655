-- `line`, with covered usage that came without its On-Demand value priced at its hours × the On-Demand rate of its usage type.
-- `unpriced_rate` holds those rates, as text.
SELECT
  line.delivery AS delivery,
  line.payer_account_id AS payer_account_id,
  line.account_id AS account_id,
  line.billing_period AS billing_period,
  line.region AS region,
  line.usage_hour AS usage_hour,
  line.period_hours AS period_hours,
  CASE line.line_item_type
    WHEN 'SavingsPlanCoveredUsageUnpriced' THEN 'SavingsPlanCoveredUsage'
    WHEN 'SavingsPlanCoveredUsageUnpricedCorrection' THEN 'SavingsPlanCoveredUsageCorrection'
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
  CASE
    WHEN line.line_item_type IN ('SavingsPlanCoveredUsageUnpriced', 'SavingsPlanCoveredUsageUnpricedCorrection')
      THEN CAST(CAST(line.usage_amount AS DECIMAL(26, 12)) * CAST(unpriced_rate.usd_per_hour AS DECIMAL(12, 8)) AS DECIMAL(38, 12))
    ELSE line.on_demand_usd
  END AS on_demand_usd,
  line.savings_plan_usd AS savings_plan_usd,
  line.commitment_usd AS commitment_usd,
  line.used_commitment_usd AS used_commitment_usd
FROM line
LEFT JOIN unpriced_rate
  ON unpriced_rate.usage_type = line.usage_type
  AND unpriced_rate.operation = line.operation
