-- Notes on which date each new number is booked.
INSERT INTO customers_transactionnumber (key, booked_on)
SELECT r.v_key, r.v_date FROM import_rows r JOIN import_effect e ON e.line = r.line
WHERE e.fresh ORDER BY 1
ON CONFLICT DO NOTHING
