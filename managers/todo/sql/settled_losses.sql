-- Falls of a balance after a handover that are made up for, or watched no longer.
SELECT t.about
FROM managers_task t
JOIN customers_customer c ON c.id = t.customer_id
LEFT JOIN managers_handover h ON h.id = t.about::bigint
LEFT JOIN segmentation_currentfacts f ON f.customer_id = h.customer_id AND f.currency = h.currency
WHERE t.kind = %(kind)s AND t.state = 'open'
  AND (%(customers)s::bigint[] IS NULL OR t.customer_id = ANY(%(customers)s::bigint[]))
  AND (h.id IS NULL OR c.manager_id IS DISTINCT FROM h.receiver_id OR c.status IN ('closed', 'deceased')
       OR h.watched_until <= %(day)s OR f.balance > h.balance * 0.80)
