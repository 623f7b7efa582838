-- Open tickets of the book that are over their time; never one that complains about who looks.
SELECT t.id::text || ':' || t.due_kind AS about, t.customer_id, (t.due_at AT TIME ZONE %(zone)s)::date AS due_on,
       (t.opened_at AT TIME ZONE %(zone)s)::date AS source_on,
       jsonb_build_object('id', t.id, 'number', t.number, 'subject', t.subject, 'what', t.due_kind) AS figures,
       CASE t.priority WHEN 'urgent' THEN 60 WHEN 'high' THEN 30 ELSE 0 END AS lift
FROM service_ticket t JOIN book b ON b.id = t.customer_id
WHERE t.status NOT IN ('solved', 'closed') AND NOT t.is_paused AND t.due_at <= now()
  AND t.about_id IS DISTINCT FROM %(user)s
