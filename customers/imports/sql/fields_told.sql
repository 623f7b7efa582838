-- Confirms what the file fills or changes of customers who are known, and answers what was to be asked of it.
INSERT INTO customers_fieldcheck (customer_id, field, confirmed_on, by_id)
SELECT t.id, told.field, %(today)s, %(by)s
FROM import_effect r
JOIN customers_customer t ON t.number = r.v_number
LEFT JOIN customers_contact k ON k.customer_id = t.id
CROSS JOIN LATERAL (VALUES {lines}) AS told (field, is_other)
WHERE NOT r.fresh AND t.merged_into_id IS NULL AND told.is_other
ORDER BY t.id, told.field
ON CONFLICT (customer_id, field) DO UPDATE
SET confirmed_on = greatest(excluded.confirmed_on, customers_fieldcheck.confirmed_on), asked_at = NULL, by_id = excluded.by_id
