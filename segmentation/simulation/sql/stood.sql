-- Who stood where before the night of the day, and where its published decision put them. The range is said of each table: the
-- planner does not pass it on, and would read the whole of both for every partition.
CREATE TEMP TABLE trial_standing ON COMMIT DROP AS
SELECT c.id AS customer_id, c.kind, p.since, NULL::date AS until,
       CASE WHEN d.customer_id IS NULL THEN p.tier_id ELSE d.tier_before_id END AS tier_id,
       coalesce(d.months_below_before, p.months_below, 0) AS months_below, coalesce(d.tier_after_id, p.tier_id) AS published_id
FROM customers_customer c
LEFT JOIN segmentation_tierdecision d ON d.customer_id = c.id AND d.business_date = %(day)s AND d.run_id = %(run)s
    AND d.customer_id >= %(low)s AND d.customer_id < %(high)s
LEFT JOIN segmentation_tierperiod p ON p.customer_id = c.id AND p.since <= %(day)s AND (p.until IS NULL OR p.until > %(day)s)
    AND p.customer_id >= %(low)s AND p.customer_id < %(high)s
WHERE c.id >= %(low)s AND c.id < %(high)s AND c.status = ANY(%(tiered)s)
