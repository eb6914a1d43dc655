-- Trino's spelling for DuckDB.
CREATE TEMP MACRO element_at(m, k) AS map_extract_value(m, k);
CREATE TEMP MACRO regexp_like(s, p) AS regexp_matches(s, p);
