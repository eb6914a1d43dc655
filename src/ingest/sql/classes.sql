-- Every dollar, by what decides its class. Rows after the time that the deliveries cover stand apart: fees are pre-filled to the month's end.
SELECT
  line_item_type,
  product_code,
  usage_type,
  operation,
  date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour) > ? AS is_future,
  CAST(SUM(row_count) AS INTEGER) AS row_count,
  CAST(SUM(billed_usd) AS DECIMAL(38, 12)) AS billed_usd,
  CAST(COALESCE(SUM(billed_usd) FILTER (WHERE net_row_count = row_count), 0) AS DECIMAL(38, 12)) AS gross_of_net_usd,
  CAST(COALESCE(SUM(net_billed_usd) FILTER (WHERE net_row_count = row_count), 0) AS DECIMAL(38, 12)) AS net_billed_usd,
  CAST(SUM(on_demand_usd) AS DECIMAL(38, 12)) AS on_demand_usd
FROM line
GROUP BY 1, 2, 3, 4, 5
ORDER BY 1, 2, 3, 4, 5
