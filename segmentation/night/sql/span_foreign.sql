-- Turns the span of accounts in another currency into the wanted one, each day at its own rate; NULL without a rate.
WITH foreign_ AS MATERIALIZED (
    SELECT DISTINCT account_id, customer_id, own, wanted, counts_from, counts_until FROM night_span WHERE own <> wanted
),
days AS (SELECT day::date FROM generate_series(%(since)s::date, %(day)s::date, interval '1 day') AS day),
quoted AS MATERIALIZED (
    SELECT w.currency, d.day, CASE WHEN w.currency = %(base)s THEN 1 ELSE q.rate END AS rate
    FROM (SELECT own AS currency FROM foreign_ UNION SELECT wanted FROM foreign_) AS w CROSS JOIN days d
    LEFT JOIN LATERAL (
        SELECT r.rate FROM customers_exchangerate r
        WHERE r.currency = w.currency AND r."on" BETWEEN d.day - %(max_age)s AND d.day
        ORDER BY r."on" DESC LIMIT 1
    ) q ON true
),
lain AS (
    SELECT s.account_id, s.customer_id, o.day, o.rate / w.rate AS rate,
           CASE WHEN o.day >= s.counts_from AND (s.counts_until IS NULL OR o.day < s.counts_until)
                THEN coalesce(b.amount, 0) ELSE 0 END AS amount
    FROM foreign_ s
    JOIN quoted o ON o.currency = s.own
    JOIN quoted w ON w.currency = s.wanted AND w.day = o.day
    LEFT JOIN LATERAL (
        SELECT x.amount FROM customers_balance x
        WHERE x.account_id = s.account_id AND x."on" <= o.day ORDER BY x."on" DESC LIMIT 1
    ) b ON true
),
averaged AS (
    SELECT account_id, customer_id,
           CASE WHEN bool_or(amount <> 0 AND rate IS NULL) THEN NULL ELSE coalesce(sum(amount * rate), 0) END AS day_sum,
           max(CASE WHEN amount = 0 THEN 0 ELSE amount * rate END) FILTER (WHERE day = %(day)s) AS balance
    FROM lain GROUP BY account_id, customer_id
)
UPDATE night_span s SET day_sum = a.day_sum, balance = a.balance
FROM averaged a WHERE s.account_id = a.account_id AND s.customer_id = a.customer_id
