LEFT JOIN customers_customer c ON c.id = a.customer_id
LEFT JOIN segmentation_facts f ON f.customer_id = c.id AND f.slot = %(slot)s
LEFT JOIN segmentation_tierperiod p ON p.customer_id = c.id AND p.until IS NULL
LEFT JOIN segmentation_tier t ON t.id = p.tier_id
