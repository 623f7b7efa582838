-- What customers may use on a day and where from, with what is used and left in the period; the best right of a benefit counts.
WITH found AS MATERIALIZED ({origins}),
counted AS (
    SELECT f.*, n.starts, n.ends,
           (SELECT coalesce(sum(u.counts), 0)::integer FROM segmentation_entitlementuse u
            WHERE u.owner_id = f.owner_id AND u.benefit_id = b.id AND u.used_on >= n.starts AND u.used_on < n.ends) AS used,
           bool_or(f.origin = 'withdrawal') OVER (PARTITION BY f.customer_id, f.benefit) AS is_withdrawn
    FROM found f
    JOIN segmentation_benefit b ON b.code = f.benefit
    CROSS JOIN LATERAL (
        SELECT date_trunc(coalesce(f.per, 'year'), %(on)s::timestamp)::date AS starts,
               (date_trunc(coalesce(f.per, 'year'), %(on)s::timestamp)
                + CASE f.per WHEN 'month' THEN interval '1 month' WHEN 'quarter' THEN interval '3 months' ELSE interval '1 year' END
               )::date AS ends
    ) n
),
ranked AS (
    SELECT *, row_number() OVER (
        PARTITION BY customer_id, benefit
        ORDER BY origin = 'withdrawal', quota IS NULL DESC, greatest(quota - used, 0) DESC,
                 quota * CASE per WHEN 'month' THEN 12 WHEN 'quarter' THEN 4 ELSE 1 END DESC,
                 array_position(ARRAY['tier', 'override', 'household'], origin), owner_id
    ) AS place
    FROM counted
)
SELECT customer_id, benefit, origin, owner_id, tier_id, override_id, quota, per, queue_weight, starts, ends, used,
       CASE WHEN quota IS NOT NULL THEN greatest(quota - used, 0) END AS left, place = 1 AND NOT is_withdrawn AS is_best
FROM ranked
ORDER BY customer_id, benefit, place
