-- Open actions of open plans that are due within a week, of customers who stand.
SELECT p.customer_id, a.id::text AS about, a.due_on,
       jsonb_build_object('what', a.what, 'who', coalesce(nullif(w.name, ''), w.username)) AS figures
FROM managers_planaction a
JOIN managers_customerplan p ON p.id = a.plan_id AND p.closed_at IS NULL
JOIN identity_user w ON w.id = a.who_id
JOIN customers_customer c ON c.id = p.customer_id
WHERE a.state = 'open' AND a.due_on <= %(day)s::date + 7
  AND c.merged_into_id IS NULL AND c.status NOT IN ('closed', 'deceased')
