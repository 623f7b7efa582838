-- Stages who of the partition joins and who leaves which segments, and which of their segments are the primary ones.
INSERT INTO segmentation_stagedsegments (run_id, customer_id, joined, gone, primaries, words)
WITH places AS MATERIALIZED (
    SELECT * FROM unnest(%(segments)s::bigint[], %(words)s::integer[], %(bits)s::bigint[], %(schemes)s::text[], %(ranks)s::integer[])
                  AS t (id, word, bit, scheme, rank)
),
asked AS MATERIALIZED (
    SELECT c.id AS customer_id, ARRAY[{stood}]::bigint[] AS stood,
           CASE WHEN NOT c.status = ANY(%(segmented)s) THEN %(nothing)s::bigint[]
                WHEN f.balance IS NULL THEN ARRAY[{stood}]::bigint[]
                ELSE ARRAY[{met}]::bigint[] END AS met
    FROM customers_customer c
    JOIN segmentation_facts f ON f.slot = %(slot)s AND f.customer_id = c.id
    JOIN night_figures n ON n.customer_id = c.id
    LEFT JOIN segmentation_standingsegments s ON s.customer_id = c.id AND s.customer_id >= %(low)s AND s.customer_id < %(high)s
    {joins}
    WHERE c.id >= %(low)s AND c.id < %(high)s AND f.customer_id >= %(low)s AND f.customer_id < %(high)s
)
SELECT %(run)s, a.customer_id,
       ARRAY(SELECT p.id FROM places p WHERE a.met[p.word] & ~a.stood[p.word] & p.bit <> 0 ORDER BY p.id),
       ARRAY(SELECT p.id FROM places p WHERE a.stood[p.word] & ~a.met[p.word] & p.bit <> 0 ORDER BY p.id),
       ARRAY(SELECT DISTINCT ON (p.scheme) p.id FROM places p WHERE a.met[p.word] & p.bit <> 0 ORDER BY p.scheme, p.rank),
       a.met
FROM asked a
WHERE a.met <> a.stood OR %(is_reranked)s AND a.met <> %(nothing)s::bigint[]
