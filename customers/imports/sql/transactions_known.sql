-- Finds where numbers with the keys of the file are booked already.
CREATE TEMP TABLE import_known ON COMMIT DROP AS
SELECT r.line, n.booked_on, n.booked_on = r.v_date AS is_same
FROM import_rows r JOIN customers_transactionnumber n ON n.key = r.v_key
WHERE r.ok
