-- What AWS refunded of Savings Plans: by the plan's ARN, by its id (from the row's description), or by nothing.
SELECT
  plan_arn AS plan,
  CAST(MIN(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour)) AS INTEGER) AS hour,
  CAST(SUM(billed_usd) AS DOUBLE) AS billed_usd
FROM line
WHERE line_item_type = 'Refund' AND product_code = 'MachineLearningSavingsPlans'
GROUP BY 1
ORDER BY 1
