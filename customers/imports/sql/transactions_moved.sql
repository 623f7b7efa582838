-- Reports numbers that are booked on another date already; numbers may share a key, so the transaction itself is asked.
INSERT INTO import_bad (line, "column", code, value)
SELECT DISTINCT r.line, 'id', 'moved', ''
FROM import_known k JOIN import_rows r ON r.line = k.line
WHERE NOT k.is_same
  AND EXISTS (SELECT FROM customers_transaction t WHERE t.booked_on = k.booked_on AND t.number = r.v_id)
