-- Ends the open period of everybody who moves, on the day before the new tier holds.
UPDATE segmentation_tierperiod p
SET until = %(day)s + 1
FROM segmentation_tierdecision d
WHERE d.run_id = %(run)s AND d.business_date = %(day)s AND d.outcome IN ('up', 'down')
  AND p.customer_id = d.customer_id AND p.until IS NULL
