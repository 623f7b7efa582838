-- What is decided for the customers of one kind: newcomers and overrides each night, everybody on a review day.
WITH ladder AS (
    SELECT * FROM unnest(%(tiers)s::bigint[], %(ranks)s::integer[], %(graces)s::integer[], %(holds)s::integer[],
                         %(charges)s::boolean[]) AS t (tier_id, rank, grace, hold, charges)
),
ruled AS MATERIALIZED ({ruled}),
asked AS MATERIALIZED (
    SELECT c.id AS customer_id, p.tier_id AS tier_before, coalesce(l.rank, -1) AS standing, coalesce(l.grace, 0) AS grace,
           coalesce(l.charges, false) AS charges, coalesce(p.months_below, 0) AS below, {figures} AS figures,
           ARRAY[{met}]::boolean[] AS met, CASE WHEN %(review)s AND {known} THEN {earned} END AS earned,
           CASE WHEN {rose} THEN (p.since + make_interval(months => l.hold))::date END AS held_until, o.bounds,
           greatest(o.granted, CASE WHEN o.held >= 0 THEN least(o.held, coalesce(l.rank, -1)) END) AS lowest,
           o.granted, o.capped, o.ids
    FROM customers_customer c
    JOIN {facts} f ON f.slot = %(slot)s AND f.customer_id = c.id {points}
    LEFT JOIN {standing} p ON p.customer_id = c.id AND p.until IS NULL
    LEFT JOIN ladder l ON l.tier_id = p.tier_id
    LEFT JOIN ruled o ON o.customer_id = c.id
    WHERE c.id >= %(low)s AND c.id < %(high)s AND c.kind = %(kind)s AND c.status = ANY(%(tiered)s)
      AND (%(review)s OR p.tier_id IS NULL OR o.customer_id IS NOT NULL)
),
weighed AS (
    SELECT *, CASE WHEN earned IS NULL THEN CASE WHEN tier_before IS NULL THEN 0 ELSE standing END
                   WHEN earned < standing AND (lowest >= standing OR charges OR held_until > %(day)s + 1
                                               OR below + 1 < grace) THEN standing
                   ELSE earned END AS due
    FROM asked
),
settled AS (SELECT *, least(greatest(due, lowest), capped) AS final FROM weighed),
named AS (
    SELECT *, CASE WHEN tier_before IS NULL AND final = 0 THEN 'placed' WHEN final > standing THEN 'up'
                   WHEN final < standing AND %(closed)s THEN 'down'
                   WHEN final = standing AND (earned >= standing OR lowest >= standing) THEN 'kept'
                   WHEN NOT %(closed)s THEN 'held' WHEN charges THEN 'charged' ELSE 'watch' END AS outcome
    FROM settled
)
SELECT w.customer_id, w.tier_before, CASE WHEN w.outcome IN ('up', 'down', 'placed') THEN l.tier_id ELSE w.tier_before END AS tier_after,
       w.outcome, CASE w.outcome WHEN 'watch' THEN w.below + 1 WHEN 'held' THEN w.below ELSE 0 END AS months_below, w.below,
       w.held_until, w.bounds, w.figures, w.met,
       CASE WHEN w.outcome = 'held' THEN NULL WHEN capped < greatest(due, lowest) THEN ids[3]
            WHEN lowest > due OR lowest >= standing AND earned < standing THEN CASE lowest WHEN granted THEN ids[1] ELSE ids[2] END
       END AS override
FROM named w LEFT JOIN ladder l ON l.rank = w.final
WHERE w.earned IS NOT NULL OR w.tier_before IS NULL OR w.outcome IN ('up', 'down')
