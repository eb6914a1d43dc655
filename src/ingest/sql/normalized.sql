-- The normalized table as an input: each row becomes its uncovered and its covered part, told in Cost and Usage Report words.
WITH typed AS (
  SELECT
    *,
    TRY_CAST(replace(replace(usage_hour, 'T', ' '), 'Z', '') AS TIMESTAMP) AS usage_start,
    TRY_CAST(usage_hours AS DECIMAL(38, 12)) AS usage_amount,
    TRY_CAST(on_demand_usd AS DECIMAL(38, 12)) AS total_usd,
    TRY_CAST(covered_on_demand_usd AS DECIMAL(38, 12)) AS covered_usd,
    TRY_CAST(covered_savings_plan_usd AS DECIMAL(38, 12)) AS covered_savings_plan
  FROM export
),
judged AS (
  SELECT
    *,
    CASE
      WHEN usage_start IS NULL OR usage_start <> date_trunc('hour', usage_start) THEN 'usage_hour'
      WHEN (usage_hours <> '' AND usage_amount IS NULL) OR usage_amount < 0 THEN 'usage_hours'
      WHEN total_usd IS NULL OR total_usd < 0 THEN 'on_demand_usd'
      WHEN (covered_on_demand_usd <> '' AND covered_usd IS NULL) OR covered_usd < 0 OR covered_usd > total_usd
        THEN 'covered_on_demand_usd'
      WHEN (covered_savings_plan_usd <> '' AND covered_savings_plan IS NULL) OR covered_savings_plan < 0
        THEN 'covered_savings_plan_usd'
      WHEN usage_type IS NULL OR usage_type = '' THEN 'usage_type'
    END AS fault
  FROM typed
),
part AS (
  SELECT
    *,
    'Usage' AS line_item_type,
    usage_amount AS part_amount,
    total_usd - COALESCE(covered_usd, 0) AS part_usd,
    total_usd - COALESCE(covered_usd, 0) AS part_billed_usd,
    CAST(NULL AS DECIMAL(38, 12)) AS part_savings_plan_usd
  FROM judged
  UNION ALL
  SELECT
    *,
    'SavingsPlanCoveredUsage' AS line_item_type,
    CAST(0 AS DECIMAL(38, 12)) AS part_amount,
    covered_usd AS part_usd,
    CAST(0 AS DECIMAL(38, 12)) AS part_billed_usd,
    covered_savings_plan AS part_savings_plan_usd
  FROM judged
  WHERE covered_usd > 0 AND fault IS NULL
)
SELECT
  source_file,
  source_row,
  '' AS payer_account_id,
  COALESCE(account_id, '') AS account_id,
  substr(usage_hour, 1, 7) AS billing_period,
  COALESCE(region, '') AS region,
  usage_start AS usage_hour,
  1 AS period_hours,
  line_item_type,
  'AmazonSageMaker' AS product_code,
  usage_type,
  COALESCE(operation, '') AS operation,
  '' AS currency,
  '' AS plan_arn,
  '' AS plan_offering_type,
  '' AS plan_payment_option,
  '' AS plan_term,
  '' AS plan_start,
  '' AS plan_end,
  part_amount AS usage_amount,
  part_billed_usd AS billed_usd,
  CAST(NULL AS DECIMAL(38, 12)) AS net_billed_usd,
  part_usd AS on_demand_usd,
  part_savings_plan_usd AS savings_plan_usd,
  CAST(NULL AS DECIMAL(38, 12)) AS commitment_usd,
  CAST(NULL AS DECIMAL(38, 12)) AS used_commitment_usd,
  fault,
  CASE fault
    WHEN 'usage_hour' THEN usage_hour
    WHEN 'usage_hours' THEN usage_hours
    WHEN 'on_demand_usd' THEN on_demand_usd
    WHEN 'covered_on_demand_usd' THEN covered_on_demand_usd
    WHEN 'covered_savings_plan_usd' THEN covered_savings_plan_usd
  END AS fault_value
FROM part
