-- What the draft decides for each customer of its kind, beside what was published. Tiers that it adds have ids below zero.
CREATE TEMP TABLE trial_tier ON COMMIT DROP AS
WITH named AS (SELECT * FROM unnest(%(named_ids)s::bigint[], %(named_codes)s::text[]) AS n (id, code))
SELECT s.customer_id, coalesce(b.code, '') AS before, coalesce(p.code, '') AS published, coalesce(a.code, '') AS draft,
       coalesce(d.outcome, '') AS outcome, coalesce(d.months_below, s.months_below) AS months_below, f.balance,
       (d.figures ->> %(measure)s)::numeric AS measure, f.currency
FROM trial_standing s
JOIN {facts} f ON f.slot = %(slot)s AND f.customer_id = s.customer_id
LEFT JOIN ({weighed}) AS d ON d.customer_id = s.customer_id
LEFT JOIN named b ON b.id = s.tier_id
LEFT JOIN named p ON p.id = s.published_id
LEFT JOIN named a ON a.id = coalesce(d.tier_after, s.tier_id)
WHERE s.kind = %(kind)s
ORDER BY s.customer_id
