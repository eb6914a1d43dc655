-- What the checks on the whole need: one row per delivery, account, period and currency.
SELECT
  delivery,
  payer_account_id,
  account_id,
  billing_period,
  currency,
  CAST(SUM(row_count) AS INTEGER) AS row_count,
  CAST(SUM(fault_count) AS INTEGER) AS fault_count
FROM line
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 3, 4, 5
