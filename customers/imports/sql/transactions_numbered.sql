-- Notes on which date each new number is booked.
INSERT INTO customers_transactionnumber (key, booked_on)
SELECT DISTINCT r.v_key, r.v_date
FROM import_effect r
WHERE r.fresh AND r.line NOT IN (SELECT line FROM import_known WHERE is_same)
ORDER BY 1
