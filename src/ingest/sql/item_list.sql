SELECT item, account_id, usage_type, operation, region
FROM item
ORDER BY item
