-- Counts each segment as of the published date, with who came and who went that night.
WITH moved AS MATERIALIZED (
    SELECT unnest(joined) AS segment_id, 1 AS came, 0 AS went FROM segmentation_stagedsegments WHERE run_id = %(run)s
    UNION ALL
    SELECT unnest(gone), 0, 1 FROM segmentation_stagedsegments WHERE run_id = %(run)s
),
moves AS (SELECT segment_id, sum(came) AS came, sum(went) AS went FROM moved GROUP BY segment_id),
members AS (SELECT segment_id, count(*) AS n FROM segmentation_segmentmembership WHERE until IS NULL GROUP BY segment_id),
firsts AS (SELECT segment_id, count(*) AS n FROM segmentation_primarysegment WHERE until IS NULL GROUP BY segment_id)
INSERT INTO segmentation_segmentday (segment_id, business_date, members, primary_members, joined, gone)
SELECT g.id, %(day)s, coalesce(m.n, 0), coalesce(f.n, 0), coalesce(v.came, 0), coalesce(v.went, 0)
FROM segmentation_segment g
LEFT JOIN members m ON m.segment_id = g.id
LEFT JOIN firsts f ON f.segment_id = g.id
LEFT JOIN moves v ON v.segment_id = g.id
WHERE g.id = ANY(%(in_force)s) OR m.n > 0 OR v.went > 0
