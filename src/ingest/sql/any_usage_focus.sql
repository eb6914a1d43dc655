-- The same of FOCUS. Unused commitment is no usage.
SELECT
  substr(COALESCE(billing_period_start, CAST(charge_period_start AS VARCHAR)), 1, 7) AS billing_period,
  CAST(MIN(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', charge_period_start)) AS INTEGER) AS first_hour,
  CAST(MAX(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', charge_period_start)) AS INTEGER) AS last_hour,
  COUNT(*) FILTER (
    WHERE NOT regexp_like(
      lower(COALESCE(NULLIF(x_service_code, ''), service_name, '')),
      'sagemaker|machine {0,1}learning {0,1}savings {0,1}plans|savings {0,1}plans.*machine {0,1}learning'
    )
  ) AS other_rows
FROM export
WHERE charge_category = 'Usage'
  AND COALESCE(commitment_discount_status, '') <> 'Unused'
  AND charge_period_start BETWEEN TIMESTAMP '2006-01-01 00:00:00' AND TIMESTAMP '2100-01-01 00:00:00'
  AND COALESCE(date_diff('hour', charge_period_start, charge_period_end), 1) <= 25
GROUP BY 1
ORDER BY 1
