-- Accounts that opened or closed in the span, or of which the roll-up knows later days, are read from the span's rows.
WITH uneven AS MATERIALIZED (
    SELECT DISTINCT account_id, opening, counts_from, counts_until FROM night_span WHERE is_uneven
),
lain AS (
    SELECT p.account_id,
           sum(d.amount * greatest(0, least(d.until, p.counts_until) - greatest(d.since, p.counts_from)))
               + p.opening * greatest(0, least(min(d.since), p.counts_until) - p.counts_from) AS day_sum,
           (array_agg(d.amount ORDER BY d.since DESC))[1] AS balance
    FROM uneven p
    CROSS JOIN LATERAL (
        SELECT b."on" AS since, b.amount, lead(b."on", 1, %(day)s + 1) OVER (ORDER BY b."on") AS until
        FROM customers_balance b WHERE b.account_id = p.account_id AND b."on" BETWEEN %(since)s AND %(day)s
    ) d
    GROUP BY p.account_id, p.opening, p.counts_from, p.counts_until
)
UPDATE night_span s
SET balance = CASE WHEN s.counts_until <= %(day)s THEN 0 ELSE coalesce(l.balance, s.opening) END,
    day_sum = coalesce(l.day_sum, s.opening * greatest(0, s.counts_until - s.counts_from))
FROM uneven p LEFT JOIN lain l ON l.account_id = p.account_id
WHERE s.account_id = p.account_id
