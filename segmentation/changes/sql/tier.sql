-- Customers whom the night of the day moved to another tier, or put on watch.
SELECT d.customer_id, d.outcome || ':' || d.effective_from AS about, %(due_on)s::date AS due_on, NULL::date AS quiet_until,
       jsonb_build_object('outcome', d.outcome, 'before', b.name, 'after', a.name, 'from', d.effective_from) AS figures
FROM segmentation_tierdecision d
JOIN segmentation_tier a ON a.id = d.tier_after_id
JOIN segmentation_tier b ON b.id = d.tier_before_id
JOIN ({whom}) w ON w.id = d.customer_id
WHERE d.run_id = %(run)s AND d.business_date = %(day)s AND d.outcome = ANY(%(moves)s)
  AND (d.outcome <> 'watch' OR d.months_below_before = 0)
