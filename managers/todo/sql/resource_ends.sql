-- Grants that end within 30 days and that no other one replaced, of customers who stand.
SELECT r.customer_id, r.id::text AS about, r.valid_until AS due_on,
       jsonb_build_object('kind', r.kind, 'of', coalesce(p.name, f.name), 'until', r.valid_until, 'id', r.id) AS figures
FROM managers_resourcerequest r
LEFT JOIN customers_product p ON p.id = r.product_id LEFT JOIN customers_feetype f ON f.id = r.fee_id
JOIN customers_customer c ON c.id = r.customer_id
WHERE r.state = 'granted' AND r.valid_until BETWEEN %(day)s::date AND %(day)s::date + 30
  AND c.merged_into_id IS NULL AND c.status NOT IN ('closed', 'deceased')
  AND NOT EXISTS (SELECT FROM managers_resourcerequest n WHERE n.replaces_id = r.id AND n.state = 'granted')
