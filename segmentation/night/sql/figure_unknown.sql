-- Reports the customers of one kind whose tier stays as it is, for a figure is unknown that must be known.
INSERT INTO jobs_rowerror (run_id, customer_id, line, "column", code, message, value)
SELECT %(run)s, c.id, NULL, 'tier', 'figure_unknown', 'A figure that the tier rules need is unknown', ''
FROM customers_customer c
JOIN segmentation_facts f ON f.slot = %(slot)s AND f.customer_id = c.id {points}
WHERE c.id >= %(low)s AND c.id < %(high)s AND c.kind = %(kind)s AND c.status = ANY(%(tiered)s)
  AND f.balance IS NOT NULL AND ({unknown})
