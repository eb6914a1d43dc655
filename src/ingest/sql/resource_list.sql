SELECT resource, resource_id, account_id, region, usage_type, operation
FROM resource
ORDER BY resource
