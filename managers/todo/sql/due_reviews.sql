-- KYC reviews that are due on the day, of customers who stand: a task for each, once. A case is nobody's task.
SELECT r.customer_id, r.id::text AS about, jsonb_build_object('level', r.level, 'due_on', r.due_on) AS figures, r.due_on
FROM customers_kycreview r JOIN customers_customer c ON c.id = r.customer_id
WHERE r.state <> 'done' AND NOT r.is_case AND r.due_on <= %(day)s
  AND c.merged_into_id IS NULL AND c.status NOT IN ('closed', 'deceased')
