-- Customers with a manager who stand in a tier and meet a rule with a little more of the measure; the figures that tell how much.
SELECT c.id AS customer, p.months_below AS below, {columns}
FROM segmentation_tierperiod p
JOIN customers_customer c ON c.id = p.customer_id AND c.merged_into_id IS NULL AND c.manager_id IS NOT NULL
    AND c.status = ANY (%(statuses)s)
JOIN segmentation_facts f ON f.slot = %(slot)s AND f.customer_id = c.id {joins}
WHERE p.until IS NULL AND p.tier_id = %(tier)s AND {rule}
