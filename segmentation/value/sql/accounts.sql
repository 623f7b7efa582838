-- What lay on each account of a customer in each month, their share of it, times a rate of the month: undivided sums over the days.
WITH asked AS MATERIALIZED (
    SELECT * FROM unnest(%(rate_months)s::date[], %(wanted)s::text[], %(rated)s::bigint[], %(rates)s::numeric[])
                  AS t (month, wanted, product_id, rate)
),
held AS MATERIALIZED (
    SELECT h.account_id, h.share, a.number, a.currency AS own, a.opened_on, a.closed_on, a.product_id, p.name AS product
    FROM customers_accountholder h
    JOIN customers_account a ON a.id = h.account_id AND a.product_id = ANY(%(rated)s)
    JOIN customers_product p ON p.id = a.product_id
    WHERE h.customer_id = %(customer)s AND h.share > 0
),
lain AS (
    SELECT h.account_id, r.month, coalesce(b.amount, 0) AS amount, CASE WHEN h.own = r.wanted THEN 1 ELSE {own} / {wanted} END AS quote
    FROM held h
    JOIN asked r ON r.product_id = h.product_id
    CROSS JOIN LATERAL (
        SELECT day::date FROM generate_series(r.month, r.month + interval '1 month' - interval '1 day', interval '1 day') AS s (day)
    ) d
    LEFT JOIN LATERAL (
        SELECT x.amount FROM customers_balance x WHERE x.account_id = h.account_id AND x."on" <= d.day ORDER BY x."on" DESC LIMIT 1
    ) b ON true
    WHERE d.day >= h.opened_on AND (h.closed_on IS NULL OR d.day < h.closed_on)
),
summed AS (
    SELECT account_id, month, CASE WHEN bool_or(amount <> 0 AND quote IS NULL) THEN NULL ELSE sum(amount * quote) END AS day_sum
    FROM lain GROUP BY account_id, month
),
counted AS (
    SELECT h.account_id, h.number, h.product, h.share, s.month, r.wanted,
           CASE WHEN %(unsigned)s THEN abs(s.day_sum) ELSE s.day_sum END AS day_sum, r.rate
    FROM held h JOIN summed s ON s.account_id = h.account_id
    JOIN asked r ON r.product_id = h.product_id AND r.month = s.month
)
SELECT account_id, number, product, share, sum(day_sum) * share / %(span)s AS average,
       CASE WHEN bool_and(day_sum = 0 OR day_sum * rate IS NOT NULL)
            THEN sum(CASE WHEN day_sum = 0 THEN 0 ELSE day_sum * share * rate END) END AS amount
FROM counted GROUP BY account_id, number, product, share
HAVING bool_or(day_sum IS DISTINCT FROM 0) ORDER BY number
