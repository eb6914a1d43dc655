-- Hours of what can stay on by itself and has a name: endpoints, notebook instances, Studio apps. Reads `charge`. Jobs are left out:
-- each is a resource of its own, they are many, and none is on round the clock. Lines of days and months tell no hours.
SELECT
  resource_id,
  account_id,
  region,
  usage_type,
  operation,
  usage_hour,
  CAST(COALESCE(SUM(usage_amount), 0) AS DECIMAL(38, 12)) AS usage_amount,
  CAST(COALESCE(SUM(on_demand_usd), 0) AS DECIMAL(38, 12)) AS on_demand_usd,
  CAST(COALESCE(SUM(usage_amount) FILTER (WHERE line_item_type LIKE 'SavingsPlanCoveredUsageUnpriced%'), 0) AS DECIMAL(38, 12))
    AS unpriced_amount
FROM charge
WHERE line_item_type IN (
    'Usage', 'SavingsPlanCoveredUsage', 'SavingsPlanCoveredUsageUnpriced',
    'UsageCorrection', 'SavingsPlanCoveredUsageCorrection', 'SavingsPlanCoveredUsageUnpricedCorrection'
  )
  AND resource_id <> ''
  AND period_hours = 1
  AND regexp_like(usage_type, '(^|-)(Host|AsyncInf|Notebk|Studio:[A-Za-z]+)[:-]ml\.')
GROUP BY 1, 2, 3, 4, 5, 6
