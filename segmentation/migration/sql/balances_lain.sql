-- The balances of a day without facts, from the accounts: the customer's share of what was last reported.
SELECT h.customer_id, sum(b.amount * h.share * r.rate) AS amount, bool_or(b.amount <> 0 AND r.rate IS NULL) AS unknown
FROM customers_account k
JOIN customers_product p ON p.id = k.product_id AND p.family = ANY(%(assets)s)
JOIN customers_accountholder h ON h.account_id = k.id AND h.share > 0
JOIN stood c ON c.customer_id = h.customer_id
CROSS JOIN LATERAL (
    SELECT x.amount FROM customers_balance x WHERE x.account_id = k.id AND x."on" <= {day} ORDER BY x."on" DESC LIMIT 1
) b
LEFT JOIN rate r ON r.kind = c.kind AND r.own = k.currency AND r.day = {day}
WHERE k.opened_on <= {day} AND (k.closed_on IS NULL OR k.closed_on > {day})
GROUP BY h.customer_id
