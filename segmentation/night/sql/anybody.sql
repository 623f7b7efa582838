-- Whether, on a night without a review, there is a customer of one kind who has no tier yet, or anybody with an override.
SELECT EXISTS (
    SELECT FROM customers_customer c
    WHERE c.id >= %(low)s AND c.id < %(high)s AND c.kind = %(kind)s AND c.status = ANY(%(tiered)s)
      AND NOT EXISTS (SELECT FROM segmentation_tierperiod p
                      WHERE p.customer_id >= %(low)s AND p.customer_id < %(high)s
                        AND p.customer_id = c.id AND p.until IS NULL)
) OR EXISTS (
    SELECT FROM segmentation_tieroverride o
    WHERE o.id <= %(newest_override)s AND o.customer_id >= %(low)s AND o.customer_id < %(high)s
      AND o.since <= %(day)s + 1 AND o.until > %(day)s + 1
)
