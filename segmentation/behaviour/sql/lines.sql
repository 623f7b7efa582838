-- How much of their credit lines customers have drawn: of the limit, else of what was granted. And their standing orders.
CREATE TEMP TABLE behaviour_line ON COMMIT DROP AS
WITH valued AS (
    SELECT h.*, h.share * CASE WHEN h.own = h.wanted THEN 1 ELSE r.rate END AS worth
    FROM behaviour_held h
    LEFT JOIN behaviour_rate r ON r.own = h.own AND r.wanted = h.wanted AND r.day = %(last)s
),
drawn AS (
    SELECT v.customer_id, sum(v.worth * greatest(0, -b.closing)) AS drawn, bool_or(v.worth IS NULL) AS is_unknown,
           sum(v.worth * coalesce(v.credit_limit, g.granted)) AS line
    FROM valued v
    JOIN LATERAL (SELECT m.closing FROM customers_balancemonth m WHERE m.account_id = v.account_id AND m.month <= %(first)s
                  ORDER BY m.month DESC LIMIT 1) AS b ON true
    CROSS JOIN LATERAL (SELECT sum(l.amount) AS granted FROM customers_loan l
                        WHERE l.account_id = v.account_id AND l.granted_on <= %(last)s) AS g
    WHERE v.family IN ('loan', 'card') AND coalesce(v.credit_limit, g.granted) > 0
    GROUP BY v.customer_id
),
ordered AS (
    SELECT v.customer_id, count(*)::integer AS orders, sum(v.worth * o.amount) AS amount, bool_or(v.worth IS NULL) AS is_unknown
    FROM customers_standingorder o JOIN valued v ON v.account_id = o.account_id
    GROUP BY v.customer_id
)
SELECT c.id AS customer_id, CASE WHEN NOT d.is_unknown THEN round(100 * d.drawn / d.line, 2) END AS credit_use,
       coalesce(o.orders, 0) AS standing_orders,
       CASE WHEN NOT o.is_unknown IS TRUE THEN coalesce(o.amount, 0) END AS standing_amount
FROM (SELECT DISTINCT customer_id AS id FROM behaviour_held) AS c
LEFT JOIN drawn d ON d.customer_id = c.id
LEFT JOIN ordered o ON o.customer_id = c.id
