-- Whether a customer of one kind has no tier yet.
SELECT EXISTS (
    SELECT FROM customers_customer c
    WHERE c.id >= %(low)s AND c.id < %(high)s AND c.kind = %(kind)s AND c.status = ANY(%(tiered)s)
      AND NOT EXISTS (SELECT FROM segmentation_tierperiod p
                      WHERE p.customer_id >= %(low)s AND p.customer_id < %(high)s
                        AND p.customer_id = c.id AND p.until IS NULL)
)
