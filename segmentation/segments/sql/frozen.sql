-- Copies the members of a segment into a snapshot.
INSERT INTO segmentation_snapshotmember (snapshot_id, customer_id, since)
SELECT %(snapshot)s, customer_id, since FROM segmentation_segmentmembership
WHERE segment_id = %(segment)s AND until IS NULL
ORDER BY customer_id
