-- Counts each segment as of the published date: what the newest night before counted, and who came and went since.
-- A night in which anybody moves counts, so that the newest count is of the state before this night; none is of nobody.
WITH moved AS MATERIALIZED (
    SELECT unnest(joined) AS segment_id, 1 AS came, 0 AS went FROM segmentation_stagedsegments WHERE run_id = %(run)s
    UNION ALL
    SELECT unnest(gone), 0, 1 FROM segmentation_stagedsegments WHERE run_id = %(run)s
),
moves AS (SELECT segment_id, sum(came) AS came, sum(went) AS went FROM moved GROUP BY segment_id),
primary_moves AS (SELECT * FROM unnest(%(primary_segments)s::bigint[], %(primary_moves)s::bigint[]) AS t (segment_id, n)),
counted AS (
    SELECT g.id AS segment_id, coalesce(d.members, 0) + coalesce(v.came, 0) - coalesce(v.went, 0) AS members,
           coalesce(d.primary_members, 0) + coalesce(f.n, 0) AS primary_members,
           coalesce(v.came, 0) AS came, coalesce(v.went, 0) AS went
    FROM segmentation_segment g
    LEFT JOIN LATERAL (SELECT n.members, n.primary_members FROM segmentation_segmentday n
                       WHERE n.segment_id = g.id AND n.business_date < %(day)s ORDER BY n.business_date DESC LIMIT 1) d ON true
    LEFT JOIN moves v ON v.segment_id = g.id
    LEFT JOIN primary_moves f ON f.segment_id = g.id
)
INSERT INTO segmentation_segmentday (segment_id, business_date, members, primary_members, joined, gone)
SELECT segment_id, %(day)s, members, primary_members, came, went
FROM counted
WHERE segment_id = ANY(%(in_force)s) OR members > 0 OR went > 0
