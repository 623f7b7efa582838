-- Turns the figures of accounts in another currency into the wanted one, each day at its own rate; NULL without a rate.
WITH lain AS (
    SELECT h.account_id, h.customer_id, r.day, r.rate,
           CASE WHEN r.day >= h.counts_from AND r.day < h.counts_until THEN coalesce(b.amount, 0) ELSE 0 END AS amount
    FROM night_held h
    JOIN night_rate r ON r.own = h.own AND r.wanted = h.wanted
    LEFT JOIN LATERAL (
        SELECT x.amount FROM customers_balance x
        WHERE x.account_id = h.account_id AND x."on" <= r.day ORDER BY x."on" DESC LIMIT 1
    ) b ON true
),
averaged AS (
    SELECT account_id, customer_id,
           CASE WHEN bool_or(amount <> 0 AND rate IS NULL) THEN NULL ELSE coalesce(sum(amount * rate), 0) END AS day_sum,
           max(CASE WHEN amount = 0 THEN 0 ELSE amount * rate END) FILTER (WHERE day = %(day)s) AS balance
    FROM lain GROUP BY account_id, customer_id
),
moved AS (
    SELECT h.account_id, h.customer_id, bool_or(r.rate IS NULL) AS unknown,
           sum(x.amount * r.rate) FILTER (WHERE x.amount > 0) AS credits,
           -sum(x.amount * r.rate) FILTER (WHERE x.amount < 0) AS debits,
           sum(x.amount * r.rate) FILTER (WHERE x.amount > 0 AND x.kind = %(payroll)s) AS payroll
    FROM night_held h
    JOIN customers_transaction x ON x.account_id = h.account_id AND x.booked_on BETWEEN %(month)s AND %(day)s
    JOIN night_rate r ON r.own = h.own AND r.wanted = h.wanted AND r.day = x.booked_on
    WHERE h.transactions > 0
    GROUP BY h.account_id, h.customer_id
)
UPDATE night_held h
SET day_sum = a.day_sum, balance = a.balance,
    credits = CASE WHEN m.unknown THEN NULL ELSE coalesce(m.credits, 0) END,
    debits = CASE WHEN m.unknown THEN NULL ELSE coalesce(m.debits, 0) END,
    payroll = CASE WHEN m.unknown THEN NULL ELSE coalesce(m.payroll, 0) END
FROM averaged a LEFT JOIN moved m ON m.account_id = a.account_id AND m.customer_id = a.customer_id
WHERE h.account_id = a.account_id AND h.customer_id = a.customer_id
