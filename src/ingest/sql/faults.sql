-- The first row that can't be trusted, with the column and what stands in it.
SELECT
  source_file,
  source_row,
  fault,
  fault_value
FROM charge
WHERE fault IS NOT NULL
ORDER BY source_file, source_row
LIMIT 1
