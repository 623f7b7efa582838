-- 30, 60 and 90 days after a handover, each a week before it is due.
SELECT h.customer_id, h.id || ':' || n.days AS about, h.handed_on + n.days AS due_on,
       jsonb_build_object('id', h.id, 'days', n.days, 'handed_on', h.handed_on) AS figures
FROM managers_handover h
JOIN customers_customer c ON c.id = h.customer_id
CROSS JOIN (VALUES (30), (60), (90)) AS n (days)
WHERE (%(customers)s::bigint[] IS NULL OR h.customer_id = ANY(%(customers)s::bigint[]))
  AND h.handed_on > %(day)s::date - 100 AND %(day)s::date BETWEEN h.handed_on + n.days - 7 AND h.handed_on + n.days + 10
  AND c.manager_id = h.receiver_id AND c.status NOT IN ('closed', 'deceased')
