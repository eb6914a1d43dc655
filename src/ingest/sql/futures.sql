-- The user's own futures: rows of the normalized table, each with its scenario and that scenario's probability. What a plan
-- covered is not asked: it is settled anew in each future.
WITH judged AS (
  SELECT
    *,
    CASE
      WHEN usage_hour IS NULL OR usage_hour <> date_trunc('hour', usage_hour) THEN 'usage_hour'
      WHEN scenario IS NULL OR trim(scenario) = '' THEN 'scenario'
      WHEN probability IS NULL OR probability < 0 OR probability > 1 THEN 'probability'
      WHEN regexp_like(account_id, '^[0-9]+([.,][0-9]*){0,1}([eE][+]{0,1}[0-9]+){0,1}$') AND NOT regexp_like(account_id, '^[0-9]+$') THEN 'account_id'
      WHEN usage_type IS NULL OR trim(usage_type) = '' THEN 'usage_type'
      WHEN on_demand_usd IS NULL OR on_demand_usd < 0 THEN 'on_demand_usd'
      WHEN (usage_hours IS NULL AND usage_hours_raw IS NOT NULL) OR usage_hours < 0 THEN 'usage_hours'
    END AS fault
  FROM export
)
SELECT
  source_file,
  source_row,
  scenario,
  probability,
  CASE WHEN regexp_like(account_id, '^[0-9]{8,11}$') THEN lpad(account_id, 12, '0') ELSE COALESCE(account_id, '') END AS account_id,
  usage_type,
  COALESCE(operation, '') AS operation,
  COALESCE(region, '') AS region,
  date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour) AS hour,
  COALESCE(usage_hours, 0) AS usage_hours,
  on_demand_usd,
  fault,
  CASE fault
    WHEN 'usage_hour' THEN CAST(usage_hour_raw AS VARCHAR)
    WHEN 'scenario' THEN scenario
    WHEN 'account_id' THEN account_id
    WHEN 'probability' THEN CAST(probability_raw AS VARCHAR)
    WHEN 'on_demand_usd' THEN CAST(on_demand_usd_raw AS VARCHAR)
    WHEN 'usage_hours' THEN CAST(usage_hours_raw AS VARCHAR)
    WHEN 'usage_type' THEN usage_type
  END AS fault_value
FROM judged
