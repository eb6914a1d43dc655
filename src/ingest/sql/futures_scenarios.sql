-- Each scenario: its rows, the hours that they lie between, and its probability, which must be one.
SELECT
  scenario,
  CAST(SUM(row_count) AS DOUBLE) AS row_count,
  CAST(SUM(fault_count) AS DOUBLE) AS fault_count,
  CAST(MIN(first_hour) AS INTEGER) AS first_hour,
  CAST(MAX(last_hour) AS INTEGER) AS last_hour,
  MIN(least_probability) AS least_probability,
  MAX(greatest_probability) AS greatest_probability
FROM line
GROUP BY 1
