-- Each owned plan, hour by hour: what was promised, what AWS says was used, and what its rows add up to. Only rows that charge or use the
-- hour count for it: an upfront fee is one-off cash, and some bills let it span the term.
SELECT
  plan_arn,
  CAST(date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour) AS INTEGER) AS hour,
  CAST(COALESCE(
    MAX(period_hours) FILTER (
      WHERE line_item_type IN ('SavingsPlanRecurringFee', 'SavingsPlanUnused', 'SavingsPlanCoveredUsage')
    ), 1) AS INTEGER) AS period_hours,
  MAX(plan_offering_type) AS offering_type,
  MAX(plan_payment_option) AS payment_option,
  MAX(plan_term) AS term,
  MAX(plan_start) AS plan_start,
  MAX(plan_end) AS plan_end,
  COALESCE(MAX(usage_type) FILTER (WHERE product_code = 'MachineLearningSavingsPlans'), '') AS fee_usage_type,
  COUNT(*) FILTER (WHERE line_item_type IN ('SavingsPlanRecurringFee', 'SavingsPlanUnused')) AS fee_rows,
  COUNT(*) FILTER (
    WHERE line_item_type IN ('SavingsPlanRecurringFee', 'SavingsPlanUnused', 'SavingsPlanCoveredUsage')
  ) AS charged_rows,
  CAST(SUM(commitment_usd) AS DOUBLE) AS commitment_usd,
  CAST(SUM(used_commitment_usd) AS DOUBLE) AS used_usd,
  CAST(SUM(savings_plan_usd) AS DOUBLE) AS effective_usd,
  CAST(COALESCE(SUM(on_demand_usd) FILTER (WHERE line_item_type = 'SavingsPlanCoveredUsage'), 0) AS DOUBLE)
    AS covered_on_demand_usd
FROM netted_line
WHERE plan_arn <> ''
GROUP BY 1, 2
ORDER BY 1, 2
