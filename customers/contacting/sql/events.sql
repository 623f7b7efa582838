-- What happened to a customer's consents, flags and risk level before a moment, newest first. A day begins at its midnight in the bank.
WITH happened AS (
    SELECT c.given_at AS at, 'given' AS what, c.purpose AS word, c.channel AS detail, c.by_id
    FROM customers_consent c WHERE c.customer_id = %(customer)s
    UNION ALL
    SELECT c.withdrawn_at, 'withdrawn', c.purpose, c.channel, NULL
    FROM customers_consent c WHERE c.customer_id = %(customer)s AND c.withdrawn_at IS NOT NULL
    UNION ALL
    SELECT f.since::timestamp AT TIME ZONE %(zone)s, 'raised', f.kind, f.source, f.by_id
    FROM customers_flag f WHERE f.customer_id = %(customer)s
    UNION ALL
    SELECT f.until::timestamp AT TIME ZONE %(zone)s, 'ended', f.kind, '', NULL
    FROM customers_flag f WHERE f.customer_id = %(customer)s AND f.until <= %(today)s
    UNION ALL
    SELECT r.assessed_on::timestamp AT TIME ZONE %(zone)s, 'assessed', r.level::text, '', r.by_id
    FROM customers_riskassessment r WHERE r.customer_id = %(customer)s
)
SELECT h.at, h.what, h.word, h.detail, coalesce(nullif(u.name, ''), u.username, '') AS by
FROM happened h LEFT JOIN identity_user u ON u.id = h.by_id
WHERE %(before)s::timestamptz IS NULL OR h.at < %(before)s
ORDER BY h.at DESC, h.what, h.word, h.detail
LIMIT %(most)s
