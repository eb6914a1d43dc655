-- One row per amount of Cost Explorer (GetCostAndUsage or the console's CSV), told in Cost and Usage Report words. Values were
-- judged as they were read, where their place in the file is known. Without a record type an amount is what its usage type says.
WITH told AS (
  SELECT
    *,
    record_type IN ('Usage', 'SavingsPlanCoveredUsage') AND (unblended_cost < 0 OR usage_quantity < 0) AS is_correction,
    CASE
      WHEN record_type = 'SavingsPlanCoveredUsage' AND unblended_cost = 0 AND usage_quantity <> 0 THEN 'SavingsPlanCoveredUsageUnpriced'
      -- Without a record type it may be usage that negation hides: it stays what it was, and is told.
      WHEN record_type = 'Usage' AND unblended_cost = 0 AND usage_quantity <> 0 AND strpos(usage_type, 'ml.') > 0
        THEN 'UsageBilledAtZero'
      WHEN record_type <> '' THEN record_type
      WHEN strpos(usage_type, 'SageMakerSP:') > 0 THEN 'SavingsPlanRecurringFee'
      WHEN usage_type IS NULL OR usage_type = '' OR usage_type = 'NoUsageType' THEN 'NoUsageType'
      ELSE 'Usage'
    END AS line_item_type
  FROM export
)
SELECT
  source_file,
  source_row,
  '' AS payer_account_id,
  COALESCE(account_id, '') AS account_id,
  substr(CAST(period_start AS VARCHAR), 1, 7) AS billing_period,
  COALESCE(region, '') AS region,
  period_start AS usage_hour,
  -- One-off cash spans nothing.
  CASE
    WHEN line_item_type = 'SavingsPlanUpfrontFee' THEN 1
    ELSE CAST(greatest(1, date_diff('hour', period_start, period_end)) AS INTEGER)
  END AS period_hours,
  line_item_type || CASE WHEN is_correction THEN 'Correction' ELSE '' END AS line_item_type,
  CASE WHEN strpos(line_item_type, 'Fee') > 0 THEN 'MachineLearningSavingsPlans' ELSE 'AmazonSageMaker' END AS product_code,
  COALESCE(usage_type, '') AS usage_type,
  COALESCE(operation, '') AS operation,
  '' AS resource_id,
  COALESCE(currency, '') AS currency,
  '' AS plan_arn,
  '' AS plan_offering_type,
  '' AS plan_payment_option,
  '' AS plan_term,
  '' AS plan_start,
  '' AS plan_end,
  usage_quantity AS usage_amount,
  unblended_cost AS billed_usd,
  net_unblended_cost AS net_billed_usd,
  CASE WHEN line_item_type IN ('Usage', 'SavingsPlanCoveredUsage') THEN unblended_cost END AS on_demand_usd,
  CASE WHEN line_item_type IN ('SavingsPlanCoveredUsage', 'SavingsPlanCoveredUsageUnpriced') THEN amortized_cost END AS savings_plan_usd,
  CAST(NULL AS DECIMAL(38, 12)) AS commitment_usd,
  CAST(NULL AS DECIMAL(38, 12)) AS used_commitment_usd,
  CASE
    WHEN period_start IS NULL THEN 'period_start'
    WHEN period_end IS NULL THEN 'period_end'
    WHEN unblended_cost IS NULL THEN 'unblended_cost'
    WHEN line_item_type = 'SavingsPlanCoveredUsage' AND unblended_cost = 0 AND amortized_cost <> 0 THEN 'unblended_cost'
  END AS fault,
  CASE
    WHEN period_start IS NULL THEN CAST(period_start_raw AS VARCHAR)
    WHEN period_end IS NULL THEN CAST(period_end_raw AS VARCHAR)
    WHEN unblended_cost IS NULL OR unblended_cost = 0 THEN CAST(unblended_cost_raw AS VARCHAR)
  END AS fault_value
FROM told
