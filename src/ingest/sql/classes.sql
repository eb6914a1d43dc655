-- Every dollar, by what decides its class. Rows after the time that the deliveries cover stand apart: fees are pre-filled to the month's end.
-- A discount that began before and goes on stands apart too, by how many of its hours lie ahead. The bound value is the covered time's end.
WITH dated AS (
  SELECT
    *,
    date_diff('hour', TIMESTAMP '1970-01-01 00:00:00', usage_hour) AS hour,
    ? AS end_hour
  FROM netted_line
),
split AS (
  SELECT
    *,
    hour >= end_hour AS is_future,
    CASE
      WHEN line_item_type LIKE '%Discount' AND hour < end_hour AND hour + period_hours > end_hour THEN period_hours
      ELSE 0
    END AS straddling_hours
  FROM dated
)
SELECT
  line_item_type,
  product_code,
  usage_type,
  operation,
  is_future,
  CAST(straddling_hours AS INTEGER) AS straddling_hours,
  CAST(CASE WHEN straddling_hours > 0 THEN hour + period_hours - end_hour ELSE 0 END AS INTEGER) AS hours_ahead,
  CAST(SUM(row_count) AS INTEGER) AS row_count,
  CAST(SUM(billed_usd) AS DECIMAL(38, 12)) AS billed_usd,
  CAST(COALESCE(SUM(billed_usd) FILTER (WHERE net_row_count = row_count), 0) AS DECIMAL(38, 12)) AS gross_of_net_usd,
  CAST(COALESCE(SUM(net_billed_usd) FILTER (WHERE net_row_count = row_count), 0) AS DECIMAL(38, 12)) AS net_billed_usd,
  CAST(SUM(on_demand_usd) AS DECIMAL(38, 12)) AS on_demand_usd
FROM split
GROUP BY 1, 2, 3, 4, 5, 6, 7
ORDER BY 1, 2, 3, 4, 5, 6, 7
