-- Who used what: the accounts' SKUs, numbered from 0 in a fixed order.
SELECT
  CAST(ROW_NUMBER() OVER (ORDER BY account_id, usage_type, operation, region) - 1 AS INTEGER) AS item,
  account_id,
  usage_type,
  operation,
  region
FROM (
  SELECT DISTINCT account_id, usage_type, operation, region
  FROM line
  WHERE line_item_type IN ('Usage', 'SavingsPlanCoveredUsage', 'SavingsPlanCoveredUsageUnpriced')
) AS used
