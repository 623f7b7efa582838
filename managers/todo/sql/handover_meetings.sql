-- Customers whom another manager has, for whom nobody opened the meeting yet.
SELECT h.customer_id, h.id::text AS about, h.handed_on + 7 AS due_on,
       jsonb_build_object('id', h.id, 'giver', coalesce(nullif(g.name, ''), g.username), 'stays', g.is_active) AS figures
FROM managers_handover h
JOIN identity_user g ON g.id = h.giver_id
JOIN customers_customer c ON c.id = h.customer_id
WHERE (%(customers)s::bigint[] IS NULL OR h.customer_id = ANY(%(customers)s::bigint[]))
  AND h.handed_on > %(day)s::date - 30 AND c.manager_id = h.receiver_id AND c.status NOT IN ('closed', 'deceased')
