-- Customers whose address became another one since nights looked.
SELECT DISTINCT ON (m.customer_id) m.customer_id, m.id::text AS about, %(due_on)s::date AS due_on, NULL::date AS quiet_until,
       jsonb_build_object('on', (m.at AT TIME ZONE %(zone)s)::date) AS figures
FROM customers_addresschange m
JOIN ({whom}) w ON w.id = m.customer_id
WHERE m.at > %(since)s AND m.at <= %(at)s
ORDER BY m.customer_id, m.id DESC
