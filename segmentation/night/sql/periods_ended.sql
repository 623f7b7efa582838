-- Ends the open period of customers who have no tier any more: prospects, closed, deceased.
UPDATE segmentation_tierperiod p
SET until = greatest(%(day)s, p.since + 1)
FROM customers_customer c
WHERE c.id = p.customer_id AND p.until IS NULL AND NOT c.status = ANY(%(tiered)s)
