-- Counts in each group who of the holders of one product hold another too; 0 stands for all customers of the group.
INSERT INTO segmentation_affinity (group_id, basis_id, product_id, asked, holding)
WITH alike AS MATERIALIZED (
    SELECT g.id AS group_id, s.held, count(*) AS customers
    FROM segmentation_stagedpeer s
    JOIN segmentation_peergroup g ON g.month = %(closing)s AND g.kind = s.kind AND coalesce(g.tier_id, 0) = s.tier
        AND coalesce(g.segment_id, 0) = s.segment AND coalesce(g.band, -2) = s.band
    WHERE s.run_id = %(run)s
    GROUP BY g.id, s.held
),
asked AS (
    SELECT a.group_id, b.basis, sum(a.customers) AS customers
    FROM alike a CROSS JOIN LATERAL unnest(0::bigint || a.held) b (basis)
    GROUP BY a.group_id, b.basis
),
paired AS (
    SELECT a.group_id, b.basis, p.product, sum(a.customers) AS customers
    FROM alike a CROSS JOIN LATERAL unnest(0::bigint || a.held) b (basis) CROSS JOIN LATERAL unnest(a.held) p (product)
    WHERE p.product <> b.basis AND p.product = ANY(%(offered)s::bigint[])
    GROUP BY a.group_id, b.basis, p.product
)
SELECT p.group_id, nullif(p.basis, 0), p.product, k.customers, p.customers
FROM paired p JOIN asked k ON k.group_id = p.group_id AND k.basis = p.basis
WHERE p.customers >= %(smallest)s AND k.customers - p.customers >= %(smallest)s
ORDER BY p.group_id, p.basis, p.product
