-- The first row of an hour; null where rows have no numbers.
SELECT MIN(source_row) AS source_row
FROM charge
WHERE hour = ?
