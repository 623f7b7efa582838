-- Leaves customers who were erased as they are: nothing is written of their rows, which are taken as unchanged.
UPDATE import_rows r SET ok = false
FROM customers_customer t
WHERE t.erased_on IS NOT NULL AND t.number = r.v_number AND r.ok
