-- What each customer has and owes on a day, by currency: their share of each open account's last balance on or before it.
SELECT h.customer_id AS customer, a.currency,
    coalesce(sum(h.share * b.amount) FILTER (WHERE p.family = ANY (%(assets)s)), 0) AS assets,
    coalesce(sum(h.share * abs(b.amount)) FILTER (WHERE p.family <> ALL (%(assets)s)), 0) AS debts
FROM customers_accountholder h
JOIN customers_account a ON a.id = h.account_id
JOIN customers_product p ON p.id = a.product_id
JOIN LATERAL (
    SELECT b.amount FROM customers_balance b
    WHERE b.account_id = a.id AND b."on" <= %(day)s
    ORDER BY b."on" DESC LIMIT 1
) b ON true
WHERE h.customer_id = ANY (%(customers)s) AND h.share > 0
  AND a.opened_on <= %(day)s AND (a.closed_on IS NULL OR a.closed_on > %(day)s)
GROUP BY h.customer_id, a.currency
