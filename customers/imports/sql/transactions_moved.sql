-- Reports numbers that are booked on another date already.
INSERT INTO import_bad (line, "column", code, value)
SELECT DISTINCT r.line, 'id', 'moved', ''
FROM import_rows r
JOIN customers_transactionnumber n ON n.key = r.v_key AND n.booked_on <> r.v_date
WHERE r.ok AND EXISTS (SELECT FROM customers_transaction t WHERE t.booked_on = n.booked_on AND t.number = r.v_id)
