-- Ends the primary segments of who moved that are no longer the first to pick them; how many of each segment.
WITH ended AS (
    UPDATE segmentation_primarysegment p
    SET until = %(day)s
    FROM segmentation_stagedsegments s
    WHERE s.run_id = %(run)s AND p.customer_id = s.customer_id AND p.until IS NULL AND NOT p.segment_id = ANY(s.primaries)
    RETURNING p.segment_id
)
SELECT segment_id, -count(*) AS n FROM ended GROUP BY segment_id
