-- Leaves the status of records that were merged into another one as it is.
UPDATE import_rows r
SET v_status = t.status
FROM customers_customer t
WHERE t.merged_into_id IS NOT NULL AND t.number = r.v_number AND r.v_status <> t.status
