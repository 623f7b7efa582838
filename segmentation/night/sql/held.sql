-- One row per account in which a customer of the partition has a share, with its figures of the open month through the day.
SELECT h.customer_id, h.account_id, h.share, a.currency AS own,
       CASE c.kind WHEN 'person' THEN %(person)s WHEN 'company' THEN %(company)s ELSE %(institution)s END AS wanted,
       a.opened_on, a.product_id, p.coefficient, CASE WHEN p.family = ANY(%(assets)s) THEN h.share END AS asset_share,
       CASE WHEN p.family IN ('loan', 'mortgage') THEN h.share END AS loan_share,
       CASE WHEN p.family = 'mortgage' THEN h.share END AS mortgage_share,
       a.closed_on IS NULL OR a.closed_on > %(day)s AS is_open,
       a.opened_on > %(month)s AND b.month = %(month)s OR a.closed_on > %(month)s AND a.closed_on <= %(day)s
           OR b.last_on > %(day)s AS is_uneven,
       t.last_on > %(day)s AS movement_is_past,
       CASE WHEN a.closed_on <= %(month)s THEN 0 WHEN b.month = %(month)s THEN b.opening ELSE coalesce(b.closing, 0) END AS opening,
       greatest(a.opened_on, %(month)s) AS counts_from, least(a.closed_on, %(day)s + 1) AS counts_until,
       CASE WHEN a.closed_on <= %(month)s THEN 0
            WHEN b.month = %(month)s THEN b.day_sum + b.closing * (%(day)s - b.last_on)
            ELSE coalesce(b.closing, 0) * %(days)s END AS day_sum,
       CASE WHEN a.closed_on <= %(month)s THEN 0 ELSE coalesce(b.closing, 0) END AS balance,
       coalesce(t.credits, 0) AS credits, coalesce(t.debits, 0) AS debits,
       coalesce(t.payroll, 0) AS payroll, coalesce(t.count, 0) AS transactions
FROM customers_customer c
JOIN customers_accountholder h
  ON h.customer_id = c.id AND h.share > 0 AND h.customer_id >= %(low)s AND h.customer_id < %(high)s
JOIN customers_account a ON a.id = h.account_id AND a.opened_on <= %(day)s
JOIN customers_product p ON p.id = a.product_id
LEFT JOIN LATERAL (
    SELECT * FROM customers_balancemonth m
    WHERE m.account_id = h.account_id AND m.month <= %(month)s ORDER BY m.month DESC LIMIT 1
) b ON true
LEFT JOIN customers_transactionmonth t ON t.account_id = h.account_id AND t.month = %(month)s
WHERE c.id >= %(low)s AND c.id < %(high)s
