-- Futures (`charge`) by scenario and item: what must be known before their hours are summed. Few rows, however many hours.
SELECT
  scenario,
  account_id,
  usage_type,
  operation,
  region,
  'Usage' AS line_item_type,
  COUNT(*) AS row_count,
  COUNT(fault) AS fault_count,
  MIN(hour) AS first_hour,
  MAX(hour) AS last_hour,
  MIN(probability) AS least_probability,
  MAX(probability) AS greatest_probability
FROM charge
GROUP BY 1, 2, 3, 4, 5
