-- Opens the memberships that the night found new.
INSERT INTO segmentation_segmentmembership (customer_id, segment_id, since)
SELECT customer_id, unnest(joined), %(day)s
FROM segmentation_stagedsegments WHERE run_id = %(run)s
ORDER BY 1, 2
