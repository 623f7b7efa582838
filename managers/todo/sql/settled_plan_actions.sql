-- Tasks about actions that were done or dropped, or whose plan was closed, or whose customer left.
SELECT t.about
FROM managers_task t
JOIN managers_planaction a ON a.id::text = t.about
JOIN managers_customerplan p ON p.id = a.plan_id
JOIN customers_customer c ON c.id = p.customer_id
WHERE t.kind = 'plan_action' AND t.state = 'open'
  AND (a.state <> 'open' OR p.closed_at IS NOT NULL OR c.merged_into_id IS NOT NULL OR c.status IN ('closed', 'deceased'))
