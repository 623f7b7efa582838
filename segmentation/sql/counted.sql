-- Counts the customers whom a rule picks, those of whom it can't say, and all that were asked.
SELECT count(*) FILTER (WHERE said) AS picked, count(*) FILTER (WHERE said IS NULL) AS unknown, count(*) AS asked
FROM (SELECT {rule} AS said FROM {rows} WHERE {within}) a
