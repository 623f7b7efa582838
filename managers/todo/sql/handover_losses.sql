-- Customers under watch whose balance fell by a fifth or more since they were handed over.
SELECT h.customer_id, h.id::text AS about, %(day)s::date + 3 AS due_on,
       jsonb_build_object('id', h.id, 'before', h.balance::text, 'now', f.balance::text, 'currency', h.currency, 'handed_on', h.handed_on)
       AS figures
FROM managers_handover h
JOIN customers_customer c ON c.id = h.customer_id
JOIN segmentation_currentfacts f ON f.customer_id = h.customer_id AND f.currency = h.currency
WHERE (%(customers)s::bigint[] IS NULL OR h.customer_id = ANY(%(customers)s::bigint[]))
  AND h.handed_on <= %(day)s AND h.watched_until > %(day)s AND h.balance > 0 AND f.balance <= h.balance * 0.80
  AND c.manager_id = h.receiver_id AND c.status NOT IN ('closed', 'deceased')
