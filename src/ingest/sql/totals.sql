-- What the checks on the whole need: one row per delivery, account, period and currency.
SELECT
  delivery,
  payer_account_id,
  account_id,
  billing_period,
  currency,
  CAST(SUM(row_count) AS INTEGER) AS row_count,
  CAST(COALESCE(SUM(row_count) FILTER (WHERE line_item_type IN ('Usage', 'SavingsPlanCoveredUsage')), 0) AS INTEGER) AS usage_rows,
  CAST(SUM(fault_count) AS INTEGER) AS fault_count
FROM line
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 3, 4, 5
