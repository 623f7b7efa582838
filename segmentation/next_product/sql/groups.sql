-- Counts the customers who are similar; whose group is too small to speak of has none.
INSERT INTO segmentation_peergroup (month, kind, tier_id, segment_id, band, customers)
SELECT %(closing)s, s.kind, nullif(s.tier, 0), nullif(s.segment, 0), nullif(s.band, -2), count(*)
FROM segmentation_stagedpeer s
WHERE s.run_id = %(run)s
GROUP BY s.kind, s.tier, s.segment, s.band
HAVING count(*) >= 2 * %(smallest)s
ORDER BY s.kind, s.tier, s.segment, s.band
