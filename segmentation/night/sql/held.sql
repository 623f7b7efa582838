-- One row per account in which a customer of the partition has a share, with its figures of the open month through the day.
CREATE TEMP TABLE night_held ON COMMIT DROP AS
WITH asked AS MATERIALIZED (
    SELECT id, (%(currencies)s::jsonb) ->> kind AS currency
    FROM customers_customer WHERE id >= %(low)s AND id < %(high)s
)
SELECT h.customer_id, h.account_id, h.share, c.currency AS wanted, a.currency AS own, a.opened_on, a.product_id,
       p.family, p.coefficient, a.closed_on IS NULL OR a.closed_on > %(day)s AS is_open,
       CASE WHEN b.month = %(month)s AND b.last_on > %(day)s THEN coalesce(raw.day_sum, b.opening * %(days)s)
            WHEN b.month = %(month)s THEN b.day_sum + b.closing * (%(day)s - b.last_on)
            ELSE coalesce(b.closing, 0) * %(days)s END AS day_sum,
       CASE WHEN b.month = %(month)s AND b.last_on > %(day)s THEN coalesce(raw.balance, b.opening)
            ELSE coalesce(b.closing, 0) END AS balance,
       coalesce(CASE WHEN t.last_on > %(day)s THEN moved.credits ELSE t.credits END, 0) AS credits,
       coalesce(CASE WHEN t.last_on > %(day)s THEN moved.debits ELSE t.debits END, 0) AS debits,
       coalesce(CASE WHEN t.last_on > %(day)s THEN moved.payroll ELSE t.payroll END, 0) AS payroll,
       coalesce(CASE WHEN t.last_on > %(day)s THEN moved.count ELSE t.count END, 0) AS transactions
FROM asked c
JOIN customers_accountholder h ON h.customer_id = c.id AND h.share > 0 AND h.customer_id >= %(low)s AND h.customer_id < %(high)s
JOIN customers_account a ON a.id = h.account_id AND a.opened_on <= %(day)s
JOIN customers_product p ON p.id = a.product_id
LEFT JOIN LATERAL (
    SELECT * FROM customers_balancemonth m
    WHERE m.account_id = h.account_id AND m.month <= %(month)s ORDER BY m.month DESC LIMIT 1
) b ON true
LEFT JOIN LATERAL (
    SELECT b.opening * (min(d.since) - %(month)s) + sum(d.amount * (d.until - d.since)) AS day_sum,
           (array_agg(d.amount ORDER BY d.since DESC))[1] AS balance
    FROM (SELECT x."on" AS since, x.amount, lead(x."on", 1, %(day)s + 1) OVER (ORDER BY x."on") AS until
          FROM customers_balance x
          WHERE x.account_id = h.account_id AND x."on" BETWEEN %(month)s AND %(day)s AND b.last_on > %(day)s) d
) raw ON b.month = %(month)s AND b.last_on > %(day)s
LEFT JOIN LATERAL (
    SELECT * FROM customers_transactionmonth m WHERE m.account_id = h.account_id AND m.month = %(month)s LIMIT 1
) t ON true
LEFT JOIN LATERAL (
    SELECT sum(x.amount) FILTER (WHERE x.amount > 0) AS credits, -sum(x.amount) FILTER (WHERE x.amount < 0) AS debits,
           sum(x.amount) FILTER (WHERE x.amount > 0 AND x.kind = %(payroll)s) AS payroll, count(*)::integer AS count
    FROM customers_transaction x
    WHERE x.account_id = h.account_id AND x.booked_on BETWEEN %(month)s AND %(day)s AND t.last_on > %(day)s
) moved ON t.last_on > %(day)s
