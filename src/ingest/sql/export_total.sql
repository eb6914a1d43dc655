-- What the export bills for its SageMaker rows, whatever they are: the classes must add up to it.
SELECT CAST(COALESCE(SUM(billed_usd), 0) AS DECIMAL(38, 12)) AS billed_usd
FROM line
