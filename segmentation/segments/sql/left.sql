-- Ends the memberships that the night found gone.
UPDATE segmentation_segmentmembership m
SET until = %(day)s
FROM (SELECT customer_id, unnest(gone) AS segment_id FROM segmentation_stagedsegments WHERE run_id = %(run)s) AS g
WHERE m.customer_id = g.customer_id AND m.segment_id = g.segment_id AND m.until IS NULL
