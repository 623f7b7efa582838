-- What a handover asked for, where it was taken back or the customer went on to somebody else, or left.
SELECT t.about
FROM managers_task t
JOIN customers_customer c ON c.id = t.customer_id
LEFT JOIN managers_handover h ON h.id = split_part(t.about, ':', 1)::bigint
WHERE t.kind = %(kind)s AND t.state = 'open'
  AND (%(customers)s::bigint[] IS NULL OR t.customer_id = ANY(%(customers)s::bigint[]))
  AND (h.id IS NULL OR c.manager_id IS DISTINCT FROM h.receiver_id OR c.status IN ('closed', 'deceased'))
