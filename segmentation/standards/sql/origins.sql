-- The rights of customers on a day under the content of the standards, each by where it comes from; a withdrawal is told too.
WITH given AS MATERIALIZED (
    SELECT l.tier, l.benefit, l.quota, l.per, coalesce(l.queue_weight, 0) AS queue_weight, coalesce(l.shared, false) AS shared
    FROM jsonb_to_recordset(coalesce(%(content)s::jsonb -> 'lines', '[]'))
         AS l (tier text, benefit text, quota integer, per text, queue_weight integer, shared boolean)
    WHERE %(only)s IS NULL OR l.benefit = %(only)s
),
ruled AS MATERIALIZED (
    SELECT v.customer_id, b.code AS benefit, v.kind, v.quota, nullif(v.per, '') AS per, v.id
    FROM segmentation_entitlementoverride v JOIN segmentation_benefit b ON b.id = v.benefit_id
    WHERE v.since <= %(on)s AND coalesce(v.ended_on, v.until) > %(on)s AND (%(only)s IS NULL OR b.code = %(only)s)
),
standing AS NOT MATERIALIZED (
    SELECT p.customer_id, t.id AS tier_id, t.code, t.rank, t.scheme_id
    FROM segmentation_tierperiod p JOIN segmentation_tier t ON t.id = p.tier_id
    WHERE p.since <= %(on)s AND (p.until IS NULL OR p.until > %(on)s)
),
pooled AS (
    SELECT m.customer_id, o.customer_id AS owner_id
    FROM customers_householdmember m
    JOIN customers_householdmember o ON o.household_id = m.household_id AND o.customer_id <> m.customer_id AND o.pools
    WHERE m.pools AND m.since <= %(on)s AND (m.until IS NULL OR m.until > %(on)s)
      AND o.since <= %(on)s AND (o.until IS NULL OR o.until > %(on)s) AND (%(all)s OR m.customer_id = ANY(%(whose)s))
)
SELECT s.customer_id, g.benefit, 'tier' AS origin, s.customer_id AS owner_id, s.tier_id, NULL::bigint AS override_id,
       g.quota, g.per, g.queue_weight
FROM standing s JOIN given g ON g.tier = s.code
WHERE %(all)s OR s.customer_id = ANY(%(whose)s)
UNION ALL
SELECT m.customer_id, g.benefit, 'household', m.owner_id, h.tier_id, NULL, g.quota, g.per, g.queue_weight
FROM pooled m
JOIN standing s ON s.customer_id = m.customer_id
JOIN standing h ON h.customer_id = m.owner_id AND h.scheme_id = s.scheme_id AND h.rank > s.rank
JOIN given g ON g.tier = h.code AND g.shared
WHERE NOT EXISTS (SELECT FROM ruled r WHERE r.customer_id = m.owner_id AND r.benefit = g.benefit AND r.kind = 'withdrawal')
UNION ALL
SELECT r.customer_id, r.benefit, CASE r.kind WHEN 'grant' THEN 'override' ELSE 'withdrawal' END, r.customer_id, NULL, r.id,
       r.quota, r.per, coalesce((SELECT max(g.queue_weight) FROM given g WHERE g.benefit = r.benefit), 0)
FROM ruled r WHERE %(all)s OR r.customer_id = ANY(%(whose)s)
