-- Notes on which date each new number is booked.
INSERT INTO customers_transactionnumber (key, booked_on)
SELECT DISTINCT r.v_key, r.v_date
FROM import_rows r JOIN import_effect e ON e.line = r.line AND e.fresh
LEFT JOIN LATERAL (SELECT true AS is_known FROM customers_transactionnumber n
                   WHERE n.key = r.v_key AND n.booked_on = r.v_date LIMIT 1) n ON true
WHERE n.is_known IS NULL
ORDER BY 1
