-- Charges, with the customer who owns the account and the tier of the charge's own date.
WITH owned AS MATERIALIZED (
    SELECT h.customer_id, h.account_id, c.kind FROM customers_accountholder h
    JOIN customers_customer c ON c.id = h.customer_id
    WHERE h.customer_id >= %(low)s AND h.customer_id < %(high)s AND {pays}
      AND h.account_id IN (SELECT ch.account_id FROM customers_feecharge ch WHERE {which})
)
SELECT o.customer_id, ch.*, a.currency, t.code AS fee_code, s.id AS tier_id, s.code AS tier_code, ''::text AS exemption
FROM owned o
JOIN customers_feecharge ch ON ch.account_id = o.account_id AND {which}
JOIN customers_account a ON a.id = ch.account_id
JOIN customers_feetype t ON t.id = ch.fee_id
LEFT JOIN segmentation_tierperiod p ON p.customer_id = o.customer_id AND p.since <= {on}
                                   AND (p.until IS NULL OR p.until > {on})
LEFT JOIN unnest(%(kinds)s::text[], %(lowests)s::bigint[]) AS n (kind, tier_id) ON n.kind = o.kind
     AND ch.charged_on = %(day)s AND EXISTS (SELECT FROM segmentation_tierdecision d WHERE d.run_id = %(run)s
         AND d.customer_id = o.customer_id AND d.business_date = %(day)s AND d.tier_before_id IS NULL)
LEFT JOIN segmentation_tier s ON s.id = coalesce(p.tier_id, n.tier_id)
