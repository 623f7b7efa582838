-- Where the roll-up already knows later days than this night's, the balances are read from the rows of the month so far.
WITH lain AS (
    SELECT p.account_id, sum(d.amount * (d.until - d.since)) + p.opening * (min(d.since) - %(month)s) AS day_sum,
           (array_agg(d.amount ORDER BY d.since DESC))[1] AS balance
    FROM (SELECT DISTINCT account_id, opening FROM night_held WHERE balance_is_past) p
    CROSS JOIN LATERAL (
        SELECT b."on" AS since, b.amount, lead(b."on", 1, %(day)s + 1) OVER (ORDER BY b."on") AS until
        FROM customers_balance b WHERE b.account_id = p.account_id AND b."on" BETWEEN %(month)s AND %(day)s
    ) d
    GROUP BY p.account_id, p.opening
)
UPDATE night_held h
SET balance = coalesce(l.balance, h.opening), day_sum = coalesce(l.day_sum, h.opening * %(days)s)
FROM (SELECT DISTINCT account_id FROM night_held WHERE balance_is_past) p
LEFT JOIN lain l ON l.account_id = p.account_id
WHERE h.account_id = p.account_id
