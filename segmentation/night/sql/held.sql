-- One row per account in which a customer of the partition has a share, with its figures of the open month through the day.
CREATE TEMP TABLE night_held ON COMMIT DROP AS
WITH asked AS MATERIALIZED (
    SELECT id, (%(currencies)s::jsonb) ->> kind AS currency
    FROM customers_customer WHERE id >= %(low)s AND id < %(high)s
)
SELECT h.customer_id, h.account_id, h.share, c.currency AS wanted, a.currency AS own, a.opened_on, a.product_id,
       p.family, p.coefficient, a.closed_on IS NULL OR a.closed_on > %(day)s AS is_open,
       a.opened_on > %(month)s AND b.month = %(month)s OR a.closed_on <= %(day)s OR b.last_on > %(day)s AS is_uneven,
       t.last_on > %(day)s AS movement_is_past,
       CASE WHEN b.month = %(month)s THEN b.opening ELSE coalesce(b.closing, 0) END AS opening,
       greatest(a.opened_on, %(month)s) AS counts_from, least(a.closed_on, %(day)s + 1) AS counts_until,
       CASE WHEN b.month = %(month)s THEN b.day_sum + b.closing * (%(day)s - b.last_on)
            ELSE coalesce(b.closing, 0) * %(days)s END AS day_sum,
       coalesce(b.closing, 0) AS balance, coalesce(t.credits, 0) AS credits, coalesce(t.debits, 0) AS debits,
       coalesce(t.payroll, 0) AS payroll, coalesce(t.count, 0) AS transactions
FROM asked c
JOIN customers_accountholder h
  ON h.customer_id = c.id AND h.share > 0 AND h.customer_id >= %(low)s AND h.customer_id < %(high)s
JOIN customers_account a ON a.id = h.account_id AND a.opened_on <= %(day)s
JOIN customers_product p ON p.id = a.product_id
LEFT JOIN LATERAL (
    SELECT * FROM customers_balancemonth m
    WHERE m.account_id = h.account_id AND m.month <= %(month)s ORDER BY m.month DESC LIMIT 1
) b ON true
LEFT JOIN LATERAL (
    SELECT * FROM customers_transactionmonth m WHERE m.account_id = h.account_id AND m.month = %(month)s LIMIT 1
) t ON true
