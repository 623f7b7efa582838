-- Keeps the bits of who moved, for the next night.
INSERT INTO segmentation_standingsegments (customer_id, words)
SELECT customer_id, words FROM segmentation_stagedsegments WHERE run_id = %(run)s
ON CONFLICT (customer_id) DO UPDATE SET words = excluded.words
