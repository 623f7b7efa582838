-- Customers whose money came or went within the days, net of what moved between their own accounts; NULL figures: no rate.
{quoted},
moved AS (
    SELECT h.customer_id, a.currency AS own, x.booked_on, sum(x.amount * h.share) AS net
    FROM customers_transaction x
    JOIN customers_account a ON a.id = x.account_id
    JOIN customers_accountholder h ON h.account_id = x.account_id AND h.share > 0
    WHERE x.booked_on > %(day)s::date - %(days)s AND x.booked_on <= %(day)s
    GROUP BY h.customer_id, a.currency, x.booked_on
),
summed AS (
    SELECT m.customer_id, bool_or(m.own <> %(currency)s AND c.rate IS NULL) AS unknown,
           money_round(sum(m.net * CASE WHEN m.own = %(currency)s THEN 1 ELSE c.rate END), %(currency)s) AS net
    FROM moved m LEFT JOIN crossed c ON c.own = m.own AND c.day = m.booked_on
    GROUP BY m.customer_id
),
large AS MATERIALIZED (
    SELECT s.customer_id, s.unknown, s.net FROM summed s JOIN ({whom}) w ON w.id = s.customer_id
    WHERE s.unknown OR s.net * %(sign)s >= %(amount)s
),
lain AS (
    SELECT l.customer_id, bool_or(a.currency <> %(currency)s AND b.amount <> 0 AND c.rate IS NULL) AS unknown,
           money_round(sum(b.amount * h.share * CASE WHEN a.currency = %(currency)s THEN 1 ELSE c.rate END), %(currency)s) AS amount
    FROM large l
    JOIN customers_accountholder h ON h.customer_id = l.customer_id AND h.share > 0
    JOIN customers_account a ON a.id = h.account_id AND (a.closed_on IS NULL OR a.closed_on > %(day)s::date - %(days)s)
    JOIN customers_product p ON p.id = a.product_id AND p.family = ANY(%(assets)s)
    JOIN LATERAL (
        SELECT x.amount FROM customers_balance x
        WHERE x.account_id = h.account_id AND x."on" <= %(day)s::date - %(days)s ORDER BY x."on" DESC LIMIT 1
    ) b ON true
    LEFT JOIN crossed c ON c.own = a.currency AND c.day = %(day)s
    GROUP BY l.customer_id
)
SELECT l.customer_id, %(day)s::text AS about, %(due_on)s::date AS due_on, %(quiet_until)s::date AS quiet_until,
       CASE WHEN NOT (l.unknown OR coalesce(b.unknown, false)) THEN jsonb_build_object(
           'amount', abs(l.net)::text, 'currency', %(currency)s::text, 'days', %(days)s::integer, 'before', coalesce(b.amount, 0)::text)
       END AS figures
FROM large l LEFT JOIN lain b ON b.customer_id = l.customer_id
WHERE l.unknown OR b.unknown OR %(share)s::numeric IS NULL OR abs(l.net) >= %(share)s::numeric * greatest(coalesce(b.amount, 0), 0)
