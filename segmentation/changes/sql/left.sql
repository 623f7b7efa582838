-- Customers whose deposits, funds and insurances fell by at least the share within the days, from at least the amount. Both days
-- count at the rate of the day itself, so that money alone tells and no exchange rate; NULL figures: no rate.
{quoted},
held AS (
    SELECT h.customer_id, a.currency AS own, sum(CASE WHEN a.closed_on <= %(day)s::date - %(days)s THEN 0 ELSE coalesce(b.amount, 0) END * h.share) AS before,
           sum(CASE WHEN a.closed_on <= %(day)s THEN 0 ELSE coalesce(n.amount, 0) END * h.share) AS now
    FROM ({whom}) w
    JOIN customers_accountholder h ON h.customer_id = w.id AND h.share > 0
    JOIN customers_account a ON a.id = h.account_id
    JOIN customers_product p ON p.id = a.product_id AND p.family = ANY(%(assets)s)
    LEFT JOIN LATERAL (
        SELECT x.amount FROM customers_balance x
        WHERE x.account_id = h.account_id AND x."on" <= %(day)s::date - %(days)s ORDER BY x."on" DESC LIMIT 1
    ) b ON true
    LEFT JOIN LATERAL (
        SELECT x.amount FROM customers_balance x
        WHERE x.account_id = h.account_id AND x."on" <= %(day)s ORDER BY x."on" DESC LIMIT 1
    ) n ON true
    GROUP BY h.customer_id, a.currency
),
summed AS (
    SELECT h.customer_id, bool_or(h.own <> %(currency)s AND c.rate IS NULL AND (h.before <> 0 OR h.now <> 0)) AS unknown,
           money_round(sum(h.before * CASE WHEN h.own = %(currency)s THEN 1 ELSE c.rate END), %(currency)s) AS before,
           money_round(sum(h.now * CASE WHEN h.own = %(currency)s THEN 1 ELSE c.rate END), %(currency)s) AS now
    FROM held h LEFT JOIN crossed c ON c.own = h.own AND c.day = %(day)s
    GROUP BY h.customer_id
)
SELECT s.customer_id, %(day)s::text AS about, %(due_on)s::date AS due_on, %(quiet_until)s::date AS quiet_until,
       CASE WHEN NOT s.unknown THEN jsonb_build_object('before', s.before::text, 'now', s.now::text, 'currency', %(currency)s::text,
           'amount', (s.before - s.now)::text, 'days', %(days)s::integer) END AS figures
FROM summed s
WHERE s.unknown OR s.before >= %(amount)s AND s.before - s.now >= %(share)s::numeric * s.before
