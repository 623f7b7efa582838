-- Ends the primary segments of who moved that are no longer the first to pick them.
UPDATE segmentation_primarysegment p
SET until = %(day)s
FROM segmentation_stagedsegments s
WHERE s.run_id = %(run)s AND p.customer_id = s.customer_id AND p.until IS NULL AND NOT p.segment_id = ANY(s.primaries)
