-- The days of the file by account and month, where an account may have several.
dated AS (
    SELECT r.v_account AS account_id, r.v_date AS day, d.month, d.next_month, r.v_balance AS amount,
           lag(r.v_balance) OVER days AS before, lag(r.v_date) OVER days AS day_before,
           lead(r.v_date) OVER days AS day_after
    FROM import_effect r
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
)
