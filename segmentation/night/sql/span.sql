-- One row per account that counts for somebody, with what lay on it from the first day of the span through the night's.
CREATE TEMP TABLE night_span ON COMMIT DROP AS
WITH asked AS MATERIALIZED ({asked}),
months AS MATERIALIZED (
    SELECT month::date AS month, least((month + interval '1 month')::date - 1, %(day)s) AS last
    FROM generate_series(%(since)s::date, %(day)s::date, interval '1 month') AS month
)
SELECT s.customer_id, h.account_id, h.share, s.wanted, a.currency AS own, p.coefficient, a.product_id,
       a.opened_on > %(since)s OR a.closed_on <= %(day)s OR r.is_past AS is_uneven,
       greatest(a.opened_on, %(since)s) AS counts_from, least(a.closed_on, %(day)s + 1) AS counts_until,
       coalesce(r.opening, 0) AS opening, coalesce(r.day_sum, 0) AS day_sum, coalesce(r.balance, 0) AS balance
FROM asked s
JOIN customers_accountholder h ON h.customer_id = s.member_id AND h.share > 0
JOIN customers_account a ON a.id = h.account_id AND a.opened_on <= %(day)s
JOIN customers_product p ON p.id = a.product_id AND p.family = ANY(%(assets)s)
CROSS JOIN LATERAL (
    SELECT sum(CASE WHEN b.month = m.month THEN b.day_sum + b.closing * (m.last - b.last_on)
                    ELSE b.closing * (m.last - m.month + 1) END) AS day_sum,
           (array_agg(b.closing ORDER BY m.month DESC))[1] AS balance, bool_or(b.last_on > m.last) AS is_past,
           (array_agg(CASE WHEN b.month = m.month THEN b.opening ELSE b.closing END ORDER BY m.month))[1] AS opening
    FROM months m
    LEFT JOIN LATERAL (
        SELECT * FROM customers_balancemonth x
        WHERE x.account_id = h.account_id AND x.month <= m.month ORDER BY x.month DESC LIMIT 1
    ) b ON true
) r
