-- A few of the customers whom a rule picks, with the figures that it looks at; the same few each time.
WITH few AS (
    SELECT f.customer_id, {figures} AS figures
    FROM {rows} WHERE {within} AND {rule}
    ORDER BY hashint8(f.customer_id), f.customer_id LIMIT %(few)s
)
SELECT few.*, t.name AS tier, t.code AS tier_code, x.currency
FROM few
JOIN segmentation_facts x ON x.slot = %(slot)s AND x.customer_id = few.customer_id
LEFT JOIN segmentation_tierperiod p ON p.customer_id = few.customer_id AND p.until IS NULL
LEFT JOIN segmentation_tier t ON t.id = p.tier_id
ORDER BY hashint8(few.customer_id), few.customer_id
