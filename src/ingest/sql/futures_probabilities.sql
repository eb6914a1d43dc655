-- The probabilities that a scenario's rows give it, each with its first row. The bound value is the scenario.
SELECT
  probability,
  MIN(source_row) AS source_row
FROM charge
WHERE scenario = ?
GROUP BY 1
ORDER BY 2, 1
