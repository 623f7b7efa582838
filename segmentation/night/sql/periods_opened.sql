-- Opens the periods: the lowest tier from this day for newcomers, the earned one from tomorrow for those who move.
INSERT INTO segmentation_tierperiod (customer_id, tier_id, scheme_version_id, since, until, months_below)
SELECT d.customer_id, l.tier_id, d.scheme_version_id, %(day)s,
       CASE WHEN d.outcome = 'up' THEN %(day)s + 1 END, 0
FROM segmentation_tierdecision d
JOIN unnest(%(versions)s::bigint[], %(lowests)s::bigint[]) AS l (version_id, tier_id)
  ON l.version_id = d.scheme_version_id
WHERE d.run_id = %(run)s AND d.business_date = %(day)s AND d.tier_before_id IS NULL
UNION ALL
SELECT d.customer_id, d.tier_after_id, d.scheme_version_id, %(day)s + 1, NULL, 0
FROM segmentation_tierdecision d
WHERE d.run_id = %(run)s AND d.business_date = %(day)s AND d.outcome IN ('up', 'down')
ORDER BY 1, 4
