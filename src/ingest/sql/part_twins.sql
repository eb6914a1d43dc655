-- The two files that have the most rows alike, of `part_row`: how many, and what they bill in which currency.
SELECT
  first_file,
  last_file,
  CAST(COUNT(*) AS INTEGER) AS row_count,
  CAST(COALESCE(SUM(billed_usd), 0) AS DECIMAL(38, 12)) AS billed_usd,
  MAX(currency) AS currency
FROM (
  SELECT row_key, MIN(source_file) AS first_file, MAX(source_file) AS last_file, MAX(billed_usd) AS billed_usd,
    MAX(currency) AS currency
  FROM part_row
  GROUP BY 1
) AS alike
WHERE first_file <> last_file
GROUP BY 1, 2
ORDER BY 3 DESC, 1, 2
LIMIT 1
