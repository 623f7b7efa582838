-- Suggests to each customer the three open offers that most of their peers hold; who is alike in all that counts gets the same.
INSERT INTO segmentation_suggestion (month, customer_id, rank, product_id, affinity_id)
WITH staged AS MATERIALIZED (
    SELECT s.customer_id, g.id AS group_id, s.held, s.open
    FROM segmentation_stagedpeer s
    JOIN segmentation_peergroup g ON g.month = %(closing)s AND g.kind = s.kind AND coalesce(g.tier_id, 0) = s.tier
        AND coalesce(g.segment_id, 0) = s.segment AND coalesce(g.band, -2) = s.band
    WHERE s.run_id = %(run)s AND s.open LIKE '%%1%%'
),
alike AS MATERIALIZED (SELECT DISTINCT group_id, held, open FROM staged),
scored AS (
    SELECT DISTINCT ON (a.group_id, a.held, a.open, f.product_id)
           a.group_id, a.held, a.open, f.product_id, f.id, f.holding, f.holding::numeric / f.asked AS share
    FROM alike a
    JOIN segmentation_affinity f ON f.group_id = a.group_id AND (f.basis_id IS NULL OR f.basis_id = ANY(a.held))
    JOIN unnest(%(offered)s::bigint[]) WITH ORDINALITY o (product, place) ON o.product = f.product_id
    WHERE substr(a.open, o.place::integer, 1) = '1' AND f.holding >= %(least)s * f.asked
    ORDER BY a.group_id, a.held, a.open, f.product_id, share DESC, f.asked DESC, f.basis_id NULLS FIRST
),
ranked AS MATERIALIZED (
    SELECT c.*, row_number() OVER (
        PARTITION BY c.group_id, c.held, c.open ORDER BY c.share DESC, c.holding DESC, c.product_id) AS rank
    FROM scored c
)
SELECT %(closing)s, s.customer_id, r.rank, r.product_id, r.id
FROM staged s JOIN ranked r ON r.group_id = s.group_id AND r.held = s.held AND r.open = s.open
WHERE r.rank <= %(most)s
