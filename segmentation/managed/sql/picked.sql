-- The rule that speaks for each customer, and what the customer weighs in a book: one where the tier has no weight.
SELECT f.customer_id, {places} AS place, coalesce(w.weight, 1) AS weight
FROM segmentation_facts f
JOIN customers_customer c ON c.id = f.customer_id
LEFT JOIN segmentation_tierperiod p ON p.customer_id = c.id AND p.until IS NULL
LEFT JOIN segmentation_tier t ON t.id = p.tier_id
LEFT JOIN unnest(%(weighed)s::text[], %(weights)s::integer[]) AS w (code, weight) ON w.code = t.code
{joins}
WHERE f.slot = %(slot)s AND c.status = ANY(%(statuses)s) AND c.merged_into_id IS NULL
