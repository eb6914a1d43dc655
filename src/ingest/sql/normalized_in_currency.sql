-- The normalized table of a bill that is not in US dollars.
SELECT
  *,
  (SELECT MAX(currency) FROM line) AS currency
FROM normalized_table
ORDER BY 1, 2, 3, 6, 7
