-- The balances of a month end, from its copy of the facts.
SELECT f.customer_id, f.balance * r.rate AS amount, f.balance IS NULL OR f.balance <> 0 AND r.rate IS NULL AS unknown
FROM segmentation_factsmonth f
JOIN customers_customer c ON c.id = f.customer_id
LEFT JOIN rate r ON r.kind = c.kind AND r.own = f.currency AND r.day = {day}
WHERE f.business_date = {day}
