-- Decides the tier of the customers of one kind: newcomers each night, everybody on a review day.
WITH ladder (tier_id, rank, grace) AS (
    SELECT * FROM unnest(%(tiers)s::bigint[], %(ranks)s::integer[], %(graces)s::integer[])
),
asked AS MATERIALIZED (
    SELECT c.id AS customer_id, p.tier_id AS tier_before, coalesce(l.rank, -1) AS standing, coalesce(l.grace, 0) AS grace,
           coalesce(p.months_below, 0) AS below, {figures} AS figures, ARRAY[{met}]::boolean[] AS met,
           CASE WHEN f.balance IS NOT NULL THEN {earned} END AS earned
    FROM customers_customer c
    JOIN segmentation_facts f ON f.slot = %(slot)s AND f.customer_id = c.id
    LEFT JOIN segmentation_tierperiod p ON p.customer_id = c.id AND p.until IS NULL
    LEFT JOIN ladder l ON l.tier_id = p.tier_id
    WHERE c.id >= %(low)s AND c.id < %(high)s AND c.kind = %(kind)s AND c.status = ANY(%(tiered)s)
      AND (%(review)s OR p.tier_id IS NULL)
),
weighed AS (
    SELECT *, CASE
        WHEN tier_before IS NULL AND (NOT %(review)s OR coalesce(earned, 0) = 0) THEN 'placed'
        WHEN earned > standing THEN 'up'
        WHEN earned = standing THEN 'kept'
        WHEN NOT %(closed)s THEN 'held'
        WHEN below + 1 >= grace THEN 'down'
        ELSE 'watch' END AS outcome
    FROM asked WHERE earned IS NOT NULL OR tier_before IS NULL
)
INSERT INTO segmentation_tierdecision (
    run_id, customer_id, business_date, scheme_version_id, tier_before_id, tier_after_id, outcome, effective_from,
    months_below, figures, met
)
SELECT %(run)s, w.customer_id, %(day)s, %(version)s, w.tier_before,
       CASE w.outcome WHEN 'placed' THEN %(lowest)s WHEN 'up' THEN e.tier_id WHEN 'down' THEN e.tier_id
                      ELSE w.tier_before END,
       w.outcome, CASE w.outcome WHEN 'placed' THEN %(day)s ELSE %(day)s + 1 END,
       CASE w.outcome WHEN 'watch' THEN w.below + 1 WHEN 'held' THEN w.below ELSE 0 END, w.figures, w.met
FROM weighed w LEFT JOIN ladder e ON e.rank = w.earned
ORDER BY w.customer_id
