-- How many rows each file has, of `part_row`.
SELECT source_file, CAST(COUNT(*) AS INTEGER) AS row_count
FROM part_row
GROUP BY 1
