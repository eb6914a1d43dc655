-- One row per SageMaker row of an AWS FOCUS 1.0 or 1.2 export, told in Cost and Usage Report words, so that all
-- exports meet in one shape. FOCUS has no negation rows: covered usage is billed at 0 from the start.
-- The usage type is `x_UsageType` in 1.0 and `SkuMeter` in 1.2 (AWS, "Migrating from FOCUS 1.0 to FOCUS 1.2").
WITH sagemaker AS (
  SELECT
    *,
    COALESCE(NULLIF(x_usage_type, ''), NULLIF(sku_meter, ''), '') AS usage_type_found,
    CASE
      WHEN x_service_code <> '' THEN x_service_code
      WHEN regexp_like(lower(service_name), 'savings {0,1}plans') THEN 'MachineLearningSavingsPlans'
      ELSE 'AmazonSageMaker'
    END AS product_code
  FROM export
  WHERE x_service_code IN ('AmazonSageMaker', 'MachineLearningSavingsPlans')
    -- Converters leave the code out, and name services by it or by AWS's words.
    OR (COALESCE(x_service_code, '') = ''
      AND regexp_like(lower(service_name), 'sagemaker|machine {0,1}learning {0,1}savings {0,1}plans|savings {0,1}plans.*machine {0,1}learning'))
),
typed AS (
  SELECT
    *,
    COALESCE(pricing_quantity, consumed_quantity) AS usage_amount,
    CASE
      -- A correction of an earlier bill takes usage back, or adds some, where it states hours and dollars alike; else it is money given back.
      WHEN charge_class = 'Correction' AND NOT (charge_category = 'Usage' AND COALESCE(commitment_discount_status, '') <> 'Unused' AND (
        (COALESCE(pricing_quantity, consumed_quantity, 0) > 0
          AND least(COALESCE(billed_cost, 0), COALESCE(list_cost, 0)) >= 0 AND greatest(COALESCE(billed_cost, 0), COALESCE(list_cost, 0)) > 0)
        OR (COALESCE(pricing_quantity, consumed_quantity, 0) < 0
          AND greatest(COALESCE(billed_cost, 0), COALESCE(list_cost, 0)) <= 0 AND least(COALESCE(billed_cost, 0), COALESCE(list_cost, 0)) < 0)
      )) THEN 'Refund'
      WHEN charge_category = 'Usage' AND commitment_discount_status = 'Used' THEN 'SavingsPlanCoveredUsage'
      WHEN charge_category = 'Usage' AND commitment_discount_status = 'Unused' THEN 'SavingsPlanUnused'
      -- A plan is named, and nothing says whether this is its use or what was left of it.
      WHEN charge_category = 'Usage' AND commitment_discount_id <> '' AND commitment_discount_status IS NULL THEN 'SavingsPlanCoveredUsage'
      WHEN charge_category = 'Usage' THEN 'Usage'
      WHEN charge_category = 'Purchase' AND charge_frequency = 'Recurring' THEN 'SavingsPlanRecurringFee'
      WHEN charge_category = 'Purchase' THEN 'SavingsPlanUpfrontFee'
      WHEN charge_category = 'Credit'
        AND (strpos(lower(charge_description), 'discount') > 0 OR strpos(lower(x_discounts), 'discount') > 0) THEN 'Discount'
      WHEN charge_category = 'Adjustment' THEN 'Refund'
      ELSE charge_category
    END AS line_item_type
  FROM sagemaker
),
signed AS (
  SELECT
    *,
    -- Usage that AWS takes back: nothing above zero, something below.
    line_item_type IN ('Usage', 'SavingsPlanCoveredUsage')
      AND greatest(COALESCE(usage_amount, 0), COALESCE(billed_cost, 0), COALESCE(list_cost, 0),
        CASE WHEN line_item_type = 'SavingsPlanCoveredUsage' THEN COALESCE(effective_cost, 0) ELSE 0 END) <= 0
      AND least(COALESCE(usage_amount, 0), COALESCE(billed_cost, 0), COALESCE(list_cost, 0),
        CASE WHEN line_item_type = 'SavingsPlanCoveredUsage' THEN COALESCE(effective_cost, 0) ELSE 0 END) < 0
      AS is_correction
  FROM typed
),
judged AS (
  SELECT
    *,
    line_item_type IN ('Usage', 'SavingsPlanCoveredUsage') AS is_usage,
    COALESCE(list_cost, 0) = 0 AND billed_cost = 0 AS is_unpriced,
    CASE
      WHEN charge_category IS NULL THEN 'charge_category'
      WHEN charge_period_start IS NULL THEN 'charge_period_start'
      WHEN charge_period_end IS NULL AND (line_item_type IN ('Usage', 'SavingsPlanCoveredUsage') OR charge_period_end_raw IS NOT NULL)
        THEN 'charge_period_end'
      -- No length is a day's at midnight, and nothing's elsewhere.
      WHEN line_item_type IN ('Usage', 'SavingsPlanCoveredUsage') AND (charge_period_end < charge_period_start
        OR (charge_period_end = charge_period_start AND charge_period_start <> date_trunc('day', charge_period_start)))
        THEN 'charge_period_end'
      WHEN regexp_like(sub_account_id, '^[0-9]+([.,][0-9]*){0,1}([eE][+]{0,1}[0-9]+){0,1}$') AND NOT regexp_like(sub_account_id, '^[0-9]+$') THEN 'sub_account_id'
      WHEN regexp_like(billing_account_id, '^[0-9]+([.,][0-9]*){0,1}([eE][+]{0,1}[0-9]+){0,1}$') AND NOT regexp_like(billing_account_id, '^[0-9]+$') THEN 'billing_account_id'
      WHEN billed_cost IS NULL OR (line_item_type = 'Usage' AND NOT is_correction AND billed_cost < 0) THEN 'billed_cost'
      WHEN (pricing_quantity IS NULL AND pricing_quantity_raw IS NOT NULL)
        OR (line_item_type IN ('Usage', 'SavingsPlanCoveredUsage') AND NOT is_correction AND usage_amount < 0) THEN 'pricing_quantity'
      WHEN (list_cost IS NULL AND list_cost_raw IS NOT NULL)
        OR (line_item_type IN ('Usage', 'SavingsPlanCoveredUsage') AND NOT is_correction AND list_cost < 0) THEN 'list_cost'
      WHEN (effective_cost IS NULL AND effective_cost_raw IS NOT NULL)
        OR (line_item_type IN ('SavingsPlanCoveredUsage', 'SavingsPlanUnused') AND (effective_cost IS NULL OR (NOT is_correction AND effective_cost < 0)))
        THEN 'effective_cost'
      WHEN line_item_type = 'SavingsPlanCoveredUsage' AND commitment_discount_status IS NULL THEN 'commitment_discount_status'
      WHEN line_item_type = 'SavingsPlanCoveredUsage' AND COALESCE(list_cost, 0) = 0 AND billed_cost = 0 AND effective_cost <> 0
        AND COALESCE(usage_amount, 0) = 0 THEN 'list_cost'
      WHEN usage_type_found = '' AND line_item_type IN ('Usage', 'SavingsPlanCoveredUsage') THEN 'sku_meter'
    END AS fault
  FROM signed
)
SELECT
  source_file,
  source_row,
  -- Spreadsheets and whole-number columns drop leading zeros.
  CASE WHEN regexp_like(billing_account_id, '^[0-9]{8,11}$') THEN lpad(billing_account_id, 12, '0') ELSE COALESCE(billing_account_id, '') END AS payer_account_id,
  CASE WHEN regexp_like(sub_account_id, '^[0-9]{8,11}$') THEN lpad(sub_account_id, 12, '0') ELSE COALESCE(sub_account_id, '') END AS account_id,
  substr(COALESCE(billing_period_start, CAST(charge_period_start AS VARCHAR)), 1, 7) AS billing_period,
  COALESCE(region_id, '') AS region,
  date_trunc('hour', charge_period_start) AS usage_hour,
  -- An end at x:59:59 is the last second, and no length at midnight is a day's: tables by date have it.
  -- One-off cash spans nothing: a one-time purchase may state the term as its period.
  CASE
    WHEN line_item_type IN ('Usage', 'SavingsPlanCoveredUsage', 'SavingsPlanUnused', 'SavingsPlanRecurringFee', 'Discount')
      THEN CASE
        WHEN COALESCE(charge_period_end, charge_period_start) = charge_period_start THEN CASE WHEN charge_period_start = date_trunc('day', charge_period_start) THEN 24 ELSE 1 END
        ELSE CAST(greatest(1, date_diff('hour', date_trunc('hour', charge_period_start),
          date_trunc('hour', charge_period_end + INTERVAL '1' SECOND))) AS INTEGER)
      END
    ELSE 1
  END AS period_hours,
  CASE
    WHEN line_item_type = 'SavingsPlanCoveredUsage' AND is_unpriced AND usage_amount <> 0 THEN 'SavingsPlanCoveredUsageUnpriced'
    -- Prepaid capacity, free use: no plan can make it cheaper.
    WHEN line_item_type = 'Usage' AND billed_cost = 0 AND strpos(usage_type_found, 'ml.') > 0
      AND (usage_amount <> 0 OR list_cost <> 0) THEN 'UsageBilledAtZero'
    ELSE line_item_type
  END || CASE WHEN is_correction THEN 'Correction' ELSE '' END AS line_item_type,
  product_code,
  usage_type_found AS usage_type,
  COALESCE(x_operation, '') AS operation,
  COALESCE(resource_id, '') AS resource_id,
  COALESCE(billing_currency, '') AS currency,
  -- A refund may name its plan in its description only.
  CASE
    WHEN line_item_type = 'Refund' AND COALESCE(commitment_discount_id, '') = '' AND product_code = 'MachineLearningSavingsPlans'
      THEN COALESCE(regexp_extract(charge_description, '[0-9a-f]{8}(-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}){0,1}'), '')
    ELSE COALESCE(commitment_discount_id, '')
  END AS plan_arn,
  CASE WHEN is_usage OR product_code <> 'MachineLearningSavingsPlans' THEN '' ELSE 'SageMakerSavingsPlans' END
    AS plan_offering_type,
  '' AS plan_payment_option,
  '' AS plan_term,
  '' AS plan_start,
  '' AS plan_end,
  usage_amount,
  billed_cost AS billed_usd,
  CAST(NULL AS DECIMAL(38, 12)) AS net_billed_usd,
  CASE WHEN is_usage THEN COALESCE(NULLIF(list_cost, 0), billed_cost) END AS on_demand_usd,
  CASE WHEN line_item_type = 'SavingsPlanCoveredUsage' THEN effective_cost END AS savings_plan_usd,
  CASE WHEN line_item_type IN ('SavingsPlanCoveredUsage', 'SavingsPlanUnused') THEN effective_cost END AS commitment_usd,
  CASE WHEN line_item_type = 'SavingsPlanCoveredUsage' THEN effective_cost END AS used_commitment_usd,
  fault,
  CASE fault
    WHEN 'charge_period_start' THEN CAST(charge_period_start_raw AS VARCHAR)
    WHEN 'charge_period_end' THEN CAST(charge_period_end_raw AS VARCHAR)
    WHEN 'sub_account_id' THEN sub_account_id
    WHEN 'billing_account_id' THEN billing_account_id
    WHEN 'billed_cost' THEN CAST(billed_cost_raw AS VARCHAR)
    WHEN 'pricing_quantity' THEN CAST(pricing_quantity_raw AS VARCHAR)
    WHEN 'list_cost' THEN CAST(list_cost_raw AS VARCHAR)
    WHEN 'effective_cost' THEN CAST(effective_cost_raw AS VARCHAR)
    WHEN 'sku_meter' THEN charge_description
  END AS fault_value
FROM judged
