-- How many of each tier would move, and how many stand in it.
SELECT t.code, t.name, d.outcome, count(*) AS moves,
       (SELECT count(*) FROM segmentation_tierperiod p WHERE p.tier_id = t.id AND p.until IS NULL) AS members
FROM segmentation_tierdecision d
JOIN segmentation_tier t ON t.id = d.tier_before_id
WHERE d.run_id = %(run)s AND d.business_date = %(day)s AND d.scheme_version_id = %(version)s
  AND d.outcome IN ('up', 'down')
GROUP BY t.id, t.code, t.name, d.outcome
