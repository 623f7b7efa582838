-- What the plan asks for each customer who stands in one of its tiers: how often, the last time, and since when it is asked at all.
SELECT s.customer_id, s.tier_id, s.begun, s.is_doubled, w.what, w.every, w.unit, x.at AS last_at,
       (x.at AT TIME ZONE %(zone)s)::date AS last_on, CASE WHEN x.days > %(late_days)s THEN x.days END AS days_late
FROM (
    SELECT c.id AS customer_id, c.kind, t.id AS tier_id, l.*, greatest(p.since, a.since) AS begun,
           EXISTS (
               SELECT FROM managers_handover h
               WHERE h.customer_id = c.id AND h.handed_on > %(day)s::date - %(doubled_days)s AND h.handed_on <= %(day)s
           ) AS is_doubled
    FROM segmentation_tierperiod p
    JOIN segmentation_tier t ON t.id = p.tier_id
    JOIN unnest(%(tiers)s::text[], %(everys)s::integer[], %(units)s::text[], %(executive_monthss)s::integer[], %(site_monthss)s::integer[])
        AS l(tier, every, unit, executive, site) ON l.tier = t.code
    JOIN customers_customer c ON c.id = p.customer_id AND c.merged_into_id IS NULL AND c.status = ANY (%(statuses)s)
    LEFT JOIN managers_assignment a ON a.customer_id = c.id AND a.role = 'primary' AND a.until IS NULL
    WHERE p.until IS NULL AND (%(customers)s::bigint[] IS NULL OR p.customer_id = ANY (%(customers)s::bigint[]))
) s
CROSS JOIN LATERAL (
    VALUES ('contact', s.every, s.unit), ('executive', s.executive, 'months'),
           ('site', CASE WHEN s.kind = %(company)s THEN s.site END, 'months')
) w(what, every, unit)
LEFT JOIN LATERAL (
    SELECT i.at, CASE WHEN i.source_hash IS NULL
        THEN (i.created_at AT TIME ZONE %(zone)s)::date - (i.at AT TIME ZONE %(zone)s)::date END AS days
    FROM customers_interaction i
    WHERE i.customer_id = s.customer_id AND {counts}
    ORDER BY i.at DESC, i.id DESC LIMIT 1
) x ON true
WHERE w.every IS NOT NULL
