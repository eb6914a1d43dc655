-- What must be known of a delivery before its rows are trusted. The bound value is its number.
SELECT
  CAST(COUNT(*) AS INTEGER) AS lines,
  CAST(COUNT(*) FILTER (WHERE line_item_type LIKE 'SavingsPlanCoveredUsage%') AS INTEGER) AS covered_lines,
  CAST(COUNT(*) FILTER (WHERE line_item_type = 'SavingsPlanRecurringFee') AS INTEGER) AS fee_lines,
  CAST(COALESCE(SUM(fault_count), 0) AS INTEGER) AS faults
FROM line
WHERE delivery = ?
