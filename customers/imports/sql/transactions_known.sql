-- Finds where numbers with the keys of the file are booked already: each by itself, the cost follows the file.
CREATE TEMP TABLE import_known ON COMMIT DROP AS
SELECT r.line, n.booked_on, n.booked_on = r.v_date AS is_same
FROM import_rows r
CROSS JOIN LATERAL (SELECT k.booked_on FROM customers_transactionnumber k WHERE k.key = r.v_key OFFSET 0) n
WHERE r.ok
