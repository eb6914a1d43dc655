-- One row per SageMaker row of a Cost and Usage Report (legacy or 2.0), typed. Reads `export`: the canonical columns as text.
-- `fault` names the first column whose value can't be trusted. Product codes and line item types: AWS CUR data dictionary.
WITH sagemaker AS (
  SELECT
    source_file,
    source_row,
    bill_payer_account_id,
    bill_billing_period_start_date,
    line_item_usage_account_id,
    line_item_line_item_type,
    line_item_usage_start_date,
    line_item_usage_end_date,
    line_item_product_code,
    line_item_usage_type,
    line_item_operation,
    line_item_currency_code,
    line_item_usage_amount,
    line_item_unblended_cost,
    line_item_net_unblended_cost,
    pricing_public_on_demand_cost,
    COALESCE(NULLIF(product_region_code, ''), NULLIF(product_region, ''), element_at(product, 'region'), '') AS region,
    savings_plan_savings_plan_arn,
    savings_plan_savings_plan_effective_cost,
    savings_plan_offering_type,
    savings_plan_payment_option,
    savings_plan_purchase_term,
    savings_plan_start_time,
    savings_plan_end_time,
    savings_plan_total_commitment_to_date,
    savings_plan_used_commitment
  FROM export
  WHERE line_item_product_code IN ('AmazonSageMaker', 'MachineLearningSavingsPlans')
    AND (line_item_operation IS NULL OR line_item_operation NOT IN ('EKSPod-EC2', 'ECSTask-EC2'))
),
typed AS (
  SELECT
    *,
    TRY_CAST(replace(replace(line_item_usage_start_date, 'T', ' '), 'Z', '') AS TIMESTAMP) AS usage_start,
    TRY_CAST(replace(replace(line_item_usage_end_date, 'T', ' '), 'Z', '') AS TIMESTAMP) AS usage_end,
    TRY_CAST(line_item_usage_amount AS DECIMAL(38, 12)) AS usage_amount,
    TRY_CAST(line_item_unblended_cost AS DECIMAL(38, 12)) AS billed_usd,
    TRY_CAST(line_item_net_unblended_cost AS DECIMAL(38, 12)) AS net_billed_usd,
    TRY_CAST(pricing_public_on_demand_cost AS DECIMAL(38, 12)) AS public_usd,
    TRY_CAST(savings_plan_savings_plan_effective_cost AS DECIMAL(38, 12)) AS savings_plan_usd,
    TRY_CAST(savings_plan_total_commitment_to_date AS DECIMAL(38, 12)) AS commitment_usd,
    TRY_CAST(savings_plan_used_commitment AS DECIMAL(38, 12)) AS used_commitment_usd,
    line_item_line_item_type IN ('Usage', 'SavingsPlanCoveredUsage') AS is_usage
  FROM sagemaker
),
judged AS (
  SELECT
    *,
    CASE
      WHEN line_item_line_item_type IS NULL THEN 'line_item_line_item_type'
      WHEN usage_start IS NULL THEN 'line_item_usage_start_date'
      WHEN line_item_usage_end_date <> '' AND usage_end IS NULL THEN 'line_item_usage_end_date'
      WHEN billed_usd IS NULL OR (is_usage AND billed_usd < 0) THEN 'line_item_unblended_cost'
      WHEN (line_item_usage_amount <> '' AND usage_amount IS NULL) OR (is_usage AND usage_amount < 0)
        THEN 'line_item_usage_amount'
      WHEN (pricing_public_on_demand_cost <> '' AND public_usd IS NULL) OR (is_usage AND public_usd < 0)
        THEN 'pricing_public_on_demand_cost'
      WHEN (savings_plan_savings_plan_effective_cost <> '' AND savings_plan_usd IS NULL)
        OR (line_item_line_item_type = 'SavingsPlanCoveredUsage' AND (savings_plan_usd IS NULL OR savings_plan_usd < 0))
        THEN 'savings_plan_savings_plan_effective_cost'
      WHEN savings_plan_total_commitment_to_date <> '' AND (commitment_usd IS NULL OR commitment_usd < 0)
        THEN 'savings_plan_total_commitment_to_date'
      WHEN savings_plan_used_commitment <> '' AND (used_commitment_usd IS NULL OR used_commitment_usd < 0)
        THEN 'savings_plan_used_commitment'
    END AS fault
  FROM typed
)
SELECT
  source_file,
  source_row,
  COALESCE(bill_payer_account_id, '') AS payer_account_id,
  COALESCE(line_item_usage_account_id, '') AS account_id,
  substr(COALESCE(bill_billing_period_start_date, line_item_usage_start_date), 1, 7) AS billing_period,
  region,
  date_trunc('hour', usage_start) AS usage_hour,
  CAST(COALESCE(greatest(1, date_diff('hour', usage_start, usage_end)), 1) AS INTEGER) AS period_hours,
  line_item_line_item_type AS line_item_type,
  line_item_product_code AS product_code,
  COALESCE(line_item_usage_type, '') AS usage_type,
  COALESCE(line_item_operation, '') AS operation,
  COALESCE(line_item_currency_code, '') AS currency,
  COALESCE(savings_plan_savings_plan_arn, '') AS plan_arn,
  CASE WHEN is_usage THEN '' ELSE COALESCE(savings_plan_offering_type, '') END AS plan_offering_type,
  CASE WHEN is_usage THEN '' ELSE COALESCE(savings_plan_payment_option, '') END AS plan_payment_option,
  CASE WHEN is_usage THEN '' ELSE COALESCE(savings_plan_purchase_term, '') END AS plan_term,
  CASE WHEN is_usage THEN '' ELSE COALESCE(savings_plan_start_time, '') END AS plan_start,
  CASE WHEN is_usage THEN '' ELSE COALESCE(savings_plan_end_time, '') END AS plan_end,
  usage_amount,
  billed_usd,
  net_billed_usd,
  CASE WHEN is_usage THEN COALESCE(NULLIF(public_usd, 0), billed_usd) END AS on_demand_usd,
  CASE WHEN line_item_line_item_type = 'SavingsPlanCoveredUsage' THEN savings_plan_usd END AS savings_plan_usd,
  CASE WHEN line_item_line_item_type = 'SavingsPlanRecurringFee' THEN commitment_usd END AS commitment_usd,
  CASE WHEN line_item_line_item_type = 'SavingsPlanRecurringFee' THEN used_commitment_usd END AS used_commitment_usd,
  fault,
  CASE fault
    WHEN 'line_item_usage_start_date' THEN line_item_usage_start_date
    WHEN 'line_item_usage_end_date' THEN line_item_usage_end_date
    WHEN 'line_item_unblended_cost' THEN line_item_unblended_cost
    WHEN 'line_item_usage_amount' THEN line_item_usage_amount
    WHEN 'pricing_public_on_demand_cost' THEN pricing_public_on_demand_cost
    WHEN 'savings_plan_savings_plan_effective_cost' THEN savings_plan_savings_plan_effective_cost
    WHEN 'savings_plan_total_commitment_to_date' THEN savings_plan_total_commitment_to_date
    WHEN 'savings_plan_used_commitment' THEN savings_plan_used_commitment
  END AS fault_value
FROM judged
