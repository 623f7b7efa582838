-- Whether a customer of one kind has no tier yet, or an override may move one.
SELECT EXISTS (
    SELECT FROM customers_customer c
    WHERE c.id >= %(low)s AND c.id < %(high)s AND c.kind = %(kind)s AND c.status = ANY(%(tiered)s)
      AND NOT EXISTS (SELECT FROM segmentation_tierperiod p
                      WHERE p.customer_id >= %(low)s AND p.customer_id < %(high)s
                        AND p.customer_id = c.id AND p.until IS NULL)
) OR EXISTS (
    SELECT FROM segmentation_tieroverride o
    JOIN segmentation_tierperiod p ON p.customer_id = o.customer_id AND p.until IS NULL AND p.tier_id <> o.tier_id
    WHERE o.id <= %(newest_override)s AND o.customer_id >= %(low)s AND o.customer_id < %(high)s
      AND o.kind IN ('grant', 'cap') AND o.since <= %(day)s + 1 AND o.until > %(day)s + 1
)
