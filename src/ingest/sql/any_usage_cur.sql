-- The hours in which usage of any service begins, by billing period: what a delivery covers shows in all of the bill. Lines of up to
-- a day: monthly charges are dated by their month. Fees don't count, they are pre-filled.
SELECT
  CASE
    WHEN regexp_like(bill_billing_period_start_date, '^[0-9]{4}-[0-9]{2}-') THEN substr(bill_billing_period_start_date, 1, 7)
    ELSE substr(CAST(line_item_usage_start_date AS VARCHAR), 1, 7)
  END AS billing_period,
  CAST(MIN(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', line_item_usage_start_date)) AS INTEGER) AS first_hour,
  CAST(MAX(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', line_item_usage_start_date)) AS INTEGER) AS last_hour,
  COUNT(*) FILTER (WHERE line_item_product_code NOT IN ('AmazonSageMaker', 'MachineLearningSavingsPlans')) AS other_rows
FROM export
WHERE line_item_line_item_type IN ('Usage', 'SavingsPlanCoveredUsage', 'DiscountedUsage')
  AND line_item_usage_start_date BETWEEN TIMESTAMP '2006-01-01 00:00:00' AND TIMESTAMP '2100-01-01 00:00:00'
  AND COALESCE(date_diff('hour', line_item_usage_start_date, line_item_usage_end_date), 1) <= 25
GROUP BY 1
ORDER BY 1
