-- Opens the primary segments of who moved; how many of each segment.
WITH found AS MATERIALIZED (
    SELECT customer_id, unnest(primaries) AS segment_id FROM segmentation_stagedsegments WHERE run_id = %(run)s
),
standing AS MATERIALIZED (
    SELECT p.customer_id, p.segment_id FROM segmentation_primarysegment p
    WHERE p.until IS NULL AND p.customer_id IN (SELECT customer_id FROM found)
),
opened AS (
    INSERT INTO segmentation_primarysegment (customer_id, scheme, segment_id, since)
    SELECT f.customer_id, g.scheme, f.segment_id, %(day)s
    FROM found f
    JOIN segmentation_segment g ON g.id = f.segment_id
    LEFT JOIN standing s ON s.customer_id = f.customer_id AND s.segment_id = f.segment_id
    WHERE s.customer_id IS NULL
    ORDER BY 1, 2
    RETURNING segment_id
)
SELECT segment_id, count(*) AS n FROM opened GROUP BY segment_id
