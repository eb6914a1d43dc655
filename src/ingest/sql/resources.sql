-- The resources, numbered from 0 in a fixed order.
SELECT
  CAST(ROW_NUMBER() OVER (ORDER BY resource_id, account_id, usage_type, operation, region) - 1 AS INTEGER) AS resource,
  resource_id,
  account_id,
  region,
  usage_type,
  operation
FROM (
  SELECT DISTINCT resource_id, account_id, region, usage_type, operation
  FROM resource_hour
) AS used
