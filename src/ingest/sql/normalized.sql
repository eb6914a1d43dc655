-- The normalized table as an input: each row becomes its uncovered and its covered part, told in Cost and Usage Report words.
WITH signed AS (
  SELECT
    *,
    -- Usage that is taken back: nothing above zero, something below.
    greatest(COALESCE(usage_hours, 0), COALESCE(on_demand_usd, 0), COALESCE(covered_on_demand_usd, 0), COALESCE(covered_savings_plan_usd, 0)) <= 0
      AND least(COALESCE(usage_hours, 0), COALESCE(on_demand_usd, 0), COALESCE(covered_on_demand_usd, 0), COALESCE(covered_savings_plan_usd, 0)) < 0
      AS is_correction
  FROM export
),
judged AS (
  SELECT
    *,
    CASE
      WHEN usage_hour IS NULL OR usage_hour <> date_trunc('hour', usage_hour) THEN 'usage_hour'
      WHEN (usage_hours IS NULL AND usage_hours_raw IS NOT NULL) OR (NOT is_correction AND usage_hours < 0) THEN 'usage_hours'
      WHEN on_demand_usd IS NULL OR (NOT is_correction AND on_demand_usd < 0) THEN 'on_demand_usd'
      WHEN (covered_on_demand_usd IS NULL AND covered_on_demand_usd_raw IS NOT NULL)
        OR (NOT is_correction AND (covered_on_demand_usd < 0 OR covered_on_demand_usd > on_demand_usd))
        OR (is_correction AND covered_on_demand_usd < on_demand_usd) THEN 'covered_on_demand_usd'
      WHEN covered_savings_plan_usd <> 0 AND COALESCE(covered_on_demand_usd, 0) = 0 THEN 'covered_on_demand_usd'
      WHEN (covered_savings_plan_usd IS NULL AND covered_savings_plan_usd_raw IS NOT NULL) OR (NOT is_correction AND covered_savings_plan_usd < 0)
        THEN 'covered_savings_plan_usd'
      WHEN usage_type IS NULL OR usage_type = '' THEN 'usage_type'
      WHEN regexp_like(account_id, '^[0-9]+([.,][0-9]*){0,1}([eE][+]{0,1}[0-9]+){0,1}$') AND NOT regexp_like(account_id, '^[0-9]+$') THEN 'account_id'
    END AS fault
  FROM signed
),
part AS (
  SELECT
    *,
    CASE
      WHEN on_demand_usd = 0 AND usage_hours <> 0 AND strpos(usage_type, 'ml.') > 0 THEN 'UsageBilledAtZero'
      ELSE 'Usage'
    END AS line_item_type,
    usage_hours AS part_amount,
    on_demand_usd - COALESCE(covered_on_demand_usd, 0) AS part_usd,
    on_demand_usd - COALESCE(covered_on_demand_usd, 0) AS part_billed_usd,
    CAST(NULL AS DECIMAL(38, 12)) AS part_savings_plan_usd
  FROM judged
  UNION ALL
  SELECT
    *,
    'SavingsPlanCoveredUsage' AS line_item_type,
    CAST(0 AS DECIMAL(38, 12)) AS part_amount,
    covered_on_demand_usd AS part_usd,
    CAST(0 AS DECIMAL(38, 12)) AS part_billed_usd,
    covered_savings_plan_usd AS part_savings_plan_usd
  FROM judged
  WHERE covered_on_demand_usd <> 0 AND fault IS NULL
)
SELECT
  source_file,
  source_row,
  '' AS payer_account_id,
  CASE WHEN regexp_like(account_id, '^[0-9]{8,11}$') THEN lpad(account_id, 12, '0') ELSE COALESCE(account_id, '') END AS account_id,
  substr(CAST(usage_hour AS VARCHAR), 1, 7) AS billing_period,
  COALESCE(region, '') AS region,
  usage_hour,
  1 AS period_hours,
  line_item_type || CASE WHEN is_correction THEN 'Correction' ELSE '' END AS line_item_type,
  'AmazonSageMaker' AS product_code,
  usage_type,
  COALESCE(operation, '') AS operation,
  '' AS resource_id,
  COALESCE(currency, '') AS currency,
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
    WHEN 'usage_hour' THEN CAST(usage_hour_raw AS VARCHAR)
    WHEN 'usage_hours' THEN CAST(usage_hours_raw AS VARCHAR)
    WHEN 'account_id' THEN account_id
    WHEN 'on_demand_usd' THEN CAST(on_demand_usd_raw AS VARCHAR)
    WHEN 'covered_on_demand_usd' THEN CAST(covered_on_demand_usd_raw AS VARCHAR)
    WHEN 'covered_savings_plan_usd' THEN CAST(covered_savings_plan_usd_raw AS VARCHAR)
  END AS fault_value
FROM part
