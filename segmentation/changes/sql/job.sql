-- Customers whose occupation became another one since nights looked: each copy against what came after it.
WITH changed AS (
    SELECT e.pgh_obj_id AS customer_id, e.pgh_id, e.pgh_created_at AS at, e.occupation AS before,
           coalesce(n.occupation, c.occupation) AS after
    FROM customers_customerevent e
    JOIN customers_customer c ON c.id = e.pgh_obj_id
    LEFT JOIN LATERAL (
        SELECT x.occupation FROM customers_customerevent x
        WHERE x.pgh_obj_id = e.pgh_obj_id AND x.pgh_id > e.pgh_id ORDER BY x.pgh_id LIMIT 1
    ) n ON true
    WHERE e.pgh_created_at > %(since)s AND e.pgh_created_at <= %(at)s
)
SELECT DISTINCT ON (m.customer_id) m.customer_id, m.pgh_id::text AS about, %(due_on)s::date AS due_on, NULL::date AS quiet_until,
       jsonb_build_object('before', m.before, 'after', m.after, 'on', (m.at AT TIME ZONE %(zone)s)::date) AS figures
FROM changed m
JOIN ({whom}) w ON w.id = m.customer_id
WHERE m.before <> '' AND m.after <> '' AND m.before <> m.after
ORDER BY m.customer_id, m.pgh_id DESC
