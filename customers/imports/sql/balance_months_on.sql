-- Carries the months of accounts on whose last known day the new balances follow: no older balance is read.
WITH dated AS (
    SELECT r.v_account AS account_id, r.v_date AS day, d.month, d.next_month, r.v_balance AS amount,
           lag(r.v_balance) OVER days AS before, lag(r.v_date) OVER days AS day_before,
           lead(r.v_date) OVER days AS day_after
    FROM import_rows r JOIN import_effect e ON e.line = r.line
    JOIN (SELECT found, date_trunc('month', found::timestamp)::date AS month,
                 (date_trunc('month', found::timestamp) + interval '1 month')::date AS next_month
          FROM (SELECT DISTINCT found FROM import_date) f) d ON d.found = r.v_date
    WINDOW days AS (PARTITION BY r.v_account ORDER BY r.v_date)
),
summed AS (
    SELECT account_id, month, min(day) AS first_on, max(day) AS last_on,
           sum(amount * CASE WHEN day_after < next_month THEN day_after - day ELSE 1 END) AS held,
           max(before) FILTER (WHERE day_before < month) AS before,
           max(amount) FILTER (WHERE day_after IS NULL OR day_after >= next_month) AS closing
    FROM dated GROUP BY account_id, month
),
counted AS MATERIALIZED (
    SELECT s.account_id, s.month, s.closing, s.last_on, coalesce(f.month = s.month, false) AS is_known,
           CASE WHEN f.month = s.month THEN f.opening ELSE coalesce(s.before, f.closing, 0) END AS opening,
           s.held + CASE WHEN f.month = s.month THEN f.day_sum + f.closing * (s.first_on - f.last_on - 1)
                         ELSE coalesce(s.before, f.closing, 0) * (s.first_on - s.month) END AS day_sum
    FROM summed s JOIN import_front f ON f.account_id = s.account_id AND f.goes_on
),
changed AS (
    UPDATE customers_balancemonth t SET closing = c.closing, day_sum = c.day_sum, last_on = c.last_on
    FROM counted c WHERE c.is_known AND t.account_id = c.account_id AND t.month = c.month
)
INSERT INTO customers_balancemonth (account_id, month, opening, closing, day_sum, last_on)
SELECT account_id, month, opening, closing, day_sum, last_on FROM counted WHERE NOT is_known ORDER BY 1, 2
