-- What each customer moved in the month, but for what the bank booked by itself; amounts are unknown where a rate is missing.
WITH moved AS MATERIALIZED (
    SELECT h.customer_id, x.booked_on, x.kind, x.amount < 0 AS is_payment, x.channel, x.country,
           x.amount > 0 AND x.kind = %(payroll)s AS is_salary,
           abs(x.amount) * h.share * CASE WHEN h.own = h.wanted THEN 1 ELSE r.rate END AS amount
    FROM behaviour_held h
    JOIN customers_transaction x ON x.account_id = h.account_id AND x.booked_on BETWEEN %(first)s AND %(last)s
    LEFT JOIN behaviour_rate r ON r.own = h.own AND r.wanted = h.wanted AND r.day = x.booked_on
    WHERE x.kind <> ALL(%(by_bank)s)
),
led AS (
    SELECT DISTINCT ON (customer_id) customer_id, kind
    FROM (SELECT customer_id, kind, count(*) AS n, sum(amount) AS amount FROM moved
          WHERE is_payment AND kind <> '' GROUP BY customer_id, kind) AS counted
    ORDER BY customer_id, n DESC, amount DESC NULLS LAST, kind
),
summed AS (
    SELECT customer_id, max(booked_on) AS last_moved_on, count(*)::integer AS moves,
           (count(*) FILTER (WHERE is_payment))::integer AS payments, bool_or(amount IS NULL) AS is_unknown,
           sum(amount) AS turnover, sum(amount) FILTER (WHERE is_payment AND channel <> '') AS told_channel,
           sum(amount) FILTER (WHERE is_payment AND channel = 'online') AS online,
           sum(amount) FILTER (WHERE is_payment AND country <> '') AS told_country,
           sum(amount) FILTER (WHERE is_payment AND country NOT IN ('', %(home)s)) AS abroad,
           sum(amount) FILTER (WHERE is_salary) AS salary
    FROM moved GROUP BY customer_id
)
SELECT c.id AS customer_id, s.last_moved_on, coalesce(s.moves, 0) AS moves, coalesce(s.payments, 0) AS payments,
       CASE WHEN NOT s.is_unknown IS TRUE THEN coalesce(s.turnover, 0) END AS turnover,
       CASE WHEN NOT s.is_unknown IS TRUE THEN coalesce(s.told_channel, 0) END AS told_channel,
       CASE WHEN NOT s.is_unknown IS TRUE THEN coalesce(s.online, 0) END AS online,
       CASE WHEN NOT s.is_unknown IS TRUE THEN coalesce(s.told_country, 0) END AS told_country,
       CASE WHEN NOT s.is_unknown IS TRUE THEN coalesce(s.abroad, 0) END AS abroad,
       CASE WHEN NOT s.is_unknown IS TRUE THEN coalesce(s.salary, 0) END AS salary, l.kind AS leading_kind
FROM (SELECT DISTINCT customer_id AS id FROM behaviour_held) AS c
LEFT JOIN summed s ON s.customer_id = c.id
LEFT JOIN led l ON l.customer_id = c.id
