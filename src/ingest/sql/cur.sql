-- One row per SageMaker row of a Cost and Usage Report (legacy or 2.0). Reads `export`: the canonical columns, typed, and amounts
-- and times raw too.
-- `fault` names the first column whose value can't be trusted. Product codes and line item types: AWS CUR data dictionary.
WITH sagemaker AS (
  SELECT
    *,
    COALESCE(NULLIF(product_region_code, ''), NULLIF(product_region, ''), element_at(product, 'region'), '') AS region,
    line_item_line_item_type IN ('Usage', 'SavingsPlanCoveredUsage') AS is_usage,
    -- Neither what AWS's list says it is worth nor what it is billed before negation.
    COALESCE(pricing_public_on_demand_cost, 0) = 0 AND line_item_unblended_cost = 0 AS is_unpriced
  FROM export
  WHERE line_item_product_code IN ('AmazonSageMaker', 'MachineLearningSavingsPlans')
    AND (line_item_operation IS NULL OR line_item_operation NOT IN ('EKSPod-EC2', 'ECSTask-EC2'))
),
signed AS (
  SELECT
    *,
    -- Usage that AWS takes back: nothing above zero, something below.
    is_usage
      AND greatest(COALESCE(line_item_usage_amount, 0), COALESCE(line_item_unblended_cost, 0), COALESCE(pricing_public_on_demand_cost, 0),
        CASE WHEN line_item_line_item_type = 'SavingsPlanCoveredUsage' THEN COALESCE(savings_plan_savings_plan_effective_cost, 0) ELSE 0 END) <= 0
      AND least(COALESCE(line_item_usage_amount, 0), COALESCE(line_item_unblended_cost, 0), COALESCE(pricing_public_on_demand_cost, 0),
        CASE WHEN line_item_line_item_type = 'SavingsPlanCoveredUsage' THEN COALESCE(savings_plan_savings_plan_effective_cost, 0) ELSE 0 END) < 0
      AS is_correction
  FROM sagemaker
),
judged AS (
  SELECT
    *,
    CASE
      WHEN line_item_line_item_type IS NULL THEN 'line_item_line_item_type'
      WHEN line_item_usage_start_date IS NULL THEN 'line_item_usage_start_date'
      WHEN line_item_usage_end_date IS NULL AND (is_usage OR line_item_usage_end_date_raw IS NOT NULL) THEN 'line_item_usage_end_date'
      -- No length is a day's at midnight, and nothing's elsewhere.
      WHEN is_usage AND (line_item_usage_end_date < line_item_usage_start_date
        OR (line_item_usage_end_date = line_item_usage_start_date AND line_item_usage_start_date <> date_trunc('day', line_item_usage_start_date)))
        THEN 'line_item_usage_end_date'
      WHEN regexp_like(line_item_usage_account_id, '^[0-9]+([.,][0-9]*){0,1}([eE][+]{0,1}[0-9]+){0,1}$') AND NOT regexp_like(line_item_usage_account_id, '^[0-9]+$')
        THEN 'line_item_usage_account_id'
      WHEN regexp_like(bill_payer_account_id, '^[0-9]+([.,][0-9]*){0,1}([eE][+]{0,1}[0-9]+){0,1}$') AND NOT regexp_like(bill_payer_account_id, '^[0-9]+$')
        THEN 'bill_payer_account_id'
      WHEN line_item_unblended_cost IS NULL OR (is_usage AND NOT is_correction AND line_item_unblended_cost < 0) THEN 'line_item_unblended_cost'
      WHEN line_item_net_unblended_cost IS NULL AND line_item_net_unblended_cost_raw IS NOT NULL
        THEN 'line_item_net_unblended_cost'
      WHEN (line_item_usage_amount IS NULL AND line_item_usage_amount_raw IS NOT NULL)
        OR (is_usage AND NOT is_correction AND line_item_usage_amount < 0) THEN 'line_item_usage_amount'
      WHEN (pricing_public_on_demand_cost IS NULL AND pricing_public_on_demand_cost_raw IS NOT NULL)
        OR (is_usage AND NOT is_correction AND pricing_public_on_demand_cost < 0) THEN 'pricing_public_on_demand_cost'
      WHEN line_item_line_item_type = 'SavingsPlanCoveredUsage'
        AND (savings_plan_savings_plan_effective_cost IS NULL OR (NOT is_correction AND savings_plan_savings_plan_effective_cost < 0))
        THEN 'savings_plan_savings_plan_effective_cost'
      WHEN line_item_line_item_type = 'SavingsPlanCoveredUsage' AND is_unpriced AND savings_plan_savings_plan_effective_cost <> 0
        AND COALESCE(line_item_usage_amount, 0) = 0 THEN 'pricing_public_on_demand_cost'
      WHEN line_item_line_item_type = 'SavingsPlanRecurringFee'
        AND (savings_plan_total_commitment_to_date IS NULL OR savings_plan_total_commitment_to_date < 0) THEN 'savings_plan_total_commitment_to_date'
      WHEN line_item_line_item_type = 'SavingsPlanRecurringFee'
        AND ((savings_plan_used_commitment IS NULL AND savings_plan_used_commitment_raw IS NOT NULL)
          OR savings_plan_used_commitment < 0) THEN 'savings_plan_used_commitment'
    END AS fault
  FROM signed
)
SELECT
  source_file,
  source_row,
  -- Spreadsheets and whole-number columns drop leading zeros.
  CASE WHEN regexp_like(bill_payer_account_id, '^[0-9]{8,11}$') THEN lpad(bill_payer_account_id, 12, '0') ELSE COALESCE(bill_payer_account_id, '') END AS payer_account_id,
  CASE WHEN regexp_like(line_item_usage_account_id, '^[0-9]{8,11}$') THEN lpad(line_item_usage_account_id, 12, '0') ELSE COALESCE(line_item_usage_account_id, '') END AS account_id,
  CASE
    WHEN regexp_like(bill_billing_period_start_date, '^[0-9]{4}-[0-9]{2}-') THEN substr(bill_billing_period_start_date, 1, 7)
    ELSE substr(CAST(line_item_usage_start_date AS VARCHAR), 1, 7)
  END AS billing_period,
  region,
  date_trunc('hour', line_item_usage_start_date) AS usage_hour,
  -- Hours that begin: of times within the hour DuckDB counts those, Trino whole hours.
  -- An end at x:59:59 is the last second, and no length at midnight is a day's: tables by date have it.
  -- One-off cash spans nothing: an upfront fee may state the term as its period.
  CASE
    WHEN is_usage OR line_item_line_item_type IN ('SavingsPlanNegation', 'SavingsPlanRecurringFee')
      OR line_item_line_item_type LIKE '%Discount'
      THEN CASE
        WHEN COALESCE(line_item_usage_end_date, line_item_usage_start_date) = line_item_usage_start_date THEN CASE WHEN line_item_usage_start_date = date_trunc('day', line_item_usage_start_date) THEN 24 ELSE 1 END
        ELSE CAST(greatest(1, date_diff('hour', date_trunc('hour', line_item_usage_start_date),
          date_trunc('hour', line_item_usage_end_date + INTERVAL '1' SECOND))) AS INTEGER)
      END
    ELSE 1
  END AS period_hours,
  CASE
    WHEN line_item_line_item_type = 'SavingsPlanCoveredUsage' AND is_unpriced AND line_item_usage_amount <> 0
      THEN 'SavingsPlanCoveredUsageUnpriced'
    -- Prepaid capacity, free use: no plan can make it cheaper.
    WHEN line_item_line_item_type = 'Usage' AND line_item_unblended_cost = 0 AND strpos(line_item_usage_type, 'ml.') > 0
      AND (line_item_usage_amount <> 0 OR pricing_public_on_demand_cost <> 0) THEN 'UsageBilledAtZero'
    ELSE line_item_line_item_type
  END || CASE WHEN is_correction THEN 'Correction' ELSE '' END AS line_item_type,
  line_item_product_code AS product_code,
  COALESCE(line_item_usage_type, '') AS usage_type,
  COALESCE(line_item_operation, '') AS operation,
  COALESCE(line_item_resource_id, '') AS resource_id,
  COALESCE(line_item_currency_code, '') AS currency,
  -- A refund may name its plan in its description only.
  CASE
    WHEN line_item_line_item_type = 'Refund' AND COALESCE(savings_plan_savings_plan_arn, '') = ''
      AND line_item_product_code = 'MachineLearningSavingsPlans'
      THEN COALESCE(regexp_extract(line_item_line_item_description, '[0-9a-f]{8}(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}){0,1}'), '')
    ELSE COALESCE(savings_plan_savings_plan_arn, '')
  END AS plan_arn,
  CASE WHEN is_usage THEN '' ELSE COALESCE(savings_plan_offering_type, '') END AS plan_offering_type,
  CASE WHEN is_usage THEN '' ELSE COALESCE(savings_plan_payment_option, '') END AS plan_payment_option,
  CASE WHEN is_usage THEN '' ELSE COALESCE(savings_plan_purchase_term, '') END AS plan_term,
  CASE WHEN is_usage THEN '' ELSE COALESCE(savings_plan_start_time, '') END AS plan_start,
  CASE WHEN is_usage THEN '' ELSE COALESCE(savings_plan_end_time, '') END AS plan_end,
  line_item_usage_amount AS usage_amount,
  line_item_unblended_cost AS billed_usd,
  line_item_net_unblended_cost AS net_billed_usd,
  CASE WHEN is_usage THEN COALESCE(NULLIF(pricing_public_on_demand_cost, 0), line_item_unblended_cost) END AS on_demand_usd,
  CASE WHEN line_item_line_item_type = 'SavingsPlanCoveredUsage' THEN savings_plan_savings_plan_effective_cost END
    AS savings_plan_usd,
  CASE WHEN line_item_line_item_type = 'SavingsPlanRecurringFee' THEN savings_plan_total_commitment_to_date END
    AS commitment_usd,
  CASE WHEN line_item_line_item_type = 'SavingsPlanRecurringFee' THEN savings_plan_used_commitment END AS used_commitment_usd,
  fault,
  CASE fault
    WHEN 'line_item_usage_start_date' THEN CAST(line_item_usage_start_date_raw AS VARCHAR)
    WHEN 'line_item_usage_end_date' THEN CAST(line_item_usage_end_date_raw AS VARCHAR)
    WHEN 'line_item_usage_account_id' THEN line_item_usage_account_id
    WHEN 'bill_payer_account_id' THEN bill_payer_account_id
    WHEN 'line_item_unblended_cost' THEN CAST(line_item_unblended_cost_raw AS VARCHAR)
    WHEN 'line_item_net_unblended_cost' THEN CAST(line_item_net_unblended_cost_raw AS VARCHAR)
    WHEN 'line_item_usage_amount' THEN CAST(line_item_usage_amount_raw AS VARCHAR)
    WHEN 'pricing_public_on_demand_cost' THEN CAST(pricing_public_on_demand_cost_raw AS VARCHAR)
    WHEN 'savings_plan_savings_plan_effective_cost' THEN CAST(savings_plan_savings_plan_effective_cost_raw AS VARCHAR)
    WHEN 'savings_plan_total_commitment_to_date' THEN CAST(savings_plan_total_commitment_to_date_raw AS VARCHAR)
    WHEN 'savings_plan_used_commitment' THEN CAST(savings_plan_used_commitment_raw AS VARCHAR)
  END AS fault_value
FROM judged
