-- Carries the months of accounts on whose last known day the new balances follow: no older balance is read.
WITH {summed},
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
