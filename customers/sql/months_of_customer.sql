-- The month averages and the last balance of a customer's deposits, funds and insurances: a row per currency and month.
WITH held AS (
    SELECT h.account_id, a.currency, h.share, a.closed_on
    FROM customers_accountholder h
    JOIN customers_account a ON a.id = h.account_id
    JOIN customers_product p ON p.id = a.product_id
    WHERE h.customer_id = %(customer)s AND p.family = ANY (%(families)s)
), reported AS (
    SELECT r.* FROM held JOIN customers_balancemonth r USING (account_id)
), closed AS MATERIALIZED (
    SELECT greatest(
        (SELECT max(last_on) FROM reported),
        (SELECT closed_through FROM customers_feed WHERE kind = 'balances')
    ) AS through
), spanned AS MATERIALIZED (
    SELECT m::date AS month, least((m + interval '1 month')::date - 1, through) AS last
    FROM closed, generate_series(
        greatest(
            date_trunc('month', through) - make_interval(months => %(months)s - 1),
            (SELECT min(month) FROM reported)
        ), through, interval '1 month'
    ) AS m
), carried AS (
    SELECT s.month, s.last, h.currency, h.share, h.account_id, r.closing,
        CASE WHEN r.month = s.month THEN r.day_sum + r.closing * (s.last - r.last_on)
             ELSE r.closing * (s.last - s.month + 1) END AS day_sum
    FROM spanned s
    CROSS JOIN held h
    JOIN LATERAL (
        SELECT r.* FROM reported r
        WHERE r.account_id = h.account_id AND r.month <= s.month
        ORDER BY r.month DESC LIMIT 1
    ) r ON true
)
SELECT currency, month, max(last) AS through,
    money_round(sum(share * day_sum) / (max(last) - month + 1), currency) AS average,
    money_round(sum(share * closing), currency) AS closing,
    count(DISTINCT account_id) AS accounts
FROM carried
GROUP BY currency, month
ORDER BY currency, month
