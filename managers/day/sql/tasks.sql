-- Open tasks that are due within a fortnight, of the customers and of the manager; money that moves comes before what can wait.
SELECT t.id::text AS about, t.customer_id, t.due_on, (t.opened_at AT TIME ZONE %(zone)s)::date AS source_on,
       jsonb_build_object('kind', t.kind, 'about', t.about, 'figures', t.figures) AS figures,
       CASE WHEN t.figures ->> 'kind' IN ('outflow', 'money_left') THEN 150 WHEN t.figures ->> 'kind' = 'inflow' THEN 80
            WHEN t.kind IN ('refused_posting', 'kyc_due') THEN 40 ELSE 0 END AS lift
FROM managers_task t LEFT JOIN book b ON b.id = t.customer_id
WHERE t.state = 'open' AND (b.id IS NOT NULL OR t.manager_id = %(user)s) AND t.due_on <= %(day)s::date + 14
