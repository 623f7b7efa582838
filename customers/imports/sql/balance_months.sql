-- Computes anew the months in which a balance was filled in or corrected, and the next month after each, whose opening may follow.
WITH touched AS MATERIALIZED (
    SELECT DISTINCT r.v_account AS account_id, date_trunc('month', r.v_date::timestamp)::date AS month
    FROM import_effect r
    JOIN import_front f ON f.account_id = r.v_account AND NOT f.goes_on
),
asked AS MATERIALIZED (
    SELECT account_id, month FROM touched
    UNION
    SELECT t.account_id, n.month FROM touched t
    CROSS JOIN LATERAL (SELECT m.month FROM customers_balancemonth m
                        WHERE m.account_id = t.account_id AND m.month > t.month
                        ORDER BY m.month LIMIT 1) n
),
known AS MATERIALIZED (
    SELECT a.account_id, a.month, m.opening, m.closing, m.day_sum, m.last_on
    FROM asked a LEFT JOIN customers_balancemonth m ON m.account_id = a.account_id AND m.month = a.month
),
spans AS (
    SELECT a.account_id, a.month, b."on", b.amount,
           lead(b."on") OVER (PARTITION BY a.account_id, a.month ORDER BY b."on") AS next_on
    FROM asked a
    JOIN customers_balance b ON b.account_id = a.account_id AND b."on" >= a.month AND b."on" < (a.month + interval '1 month')::date
),
summed AS (
    SELECT account_id, month, min("on") AS first_on, max("on") AS last_on,
           sum(amount * coalesce(next_on - "on", 1)) AS held,
           max(amount) FILTER (WHERE next_on IS NULL) AS closing
    FROM spans GROUP BY account_id, month
),
counted AS (
    SELECT s.account_id, s.month, coalesce(p.amount, 0) AS opening, s.closing,
           coalesce(p.amount, 0) * (s.first_on - s.month) + s.held AS day_sum, s.last_on
    FROM summed s
    LEFT JOIN LATERAL (SELECT b.amount FROM customers_balance b
                       WHERE b.account_id = s.account_id AND b."on" < s.month
                       ORDER BY b."on" DESC LIMIT 1) p ON true
)
MERGE INTO customers_balancemonth t
USING (SELECT c.* FROM counted c JOIN known k ON k.account_id = c.account_id AND k.month = c.month
       WHERE (c.opening, c.closing, c.day_sum, c.last_on) IS DISTINCT FROM (k.opening, k.closing, k.day_sum, k.last_on)) c
ON t.account_id = c.account_id AND t.month = c.month
WHEN MATCHED THEN UPDATE SET opening = c.opening, closing = c.closing, day_sum = c.day_sum, last_on = c.last_on
WHEN NOT MATCHED THEN INSERT (account_id, month, opening, closing, day_sum, last_on)
    VALUES (c.account_id, c.month, c.opening, c.closing, c.day_sum, c.last_on)
