-- Keeps the watch count of those who stay.
UPDATE segmentation_tierperiod p
SET months_below = d.months_below
FROM segmentation_tierdecision d
WHERE d.run_id = %(run)s AND d.business_date = %(day)s AND d.outcome IN ('kept', 'watch', 'charged')
  AND p.customer_id = d.customer_id AND p.until IS NULL AND p.months_below <> d.months_below
