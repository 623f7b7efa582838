-- Finds the last known month of each account that gets balances, and whether these only go on after its last day.
CREATE TEMP TABLE import_front ON COMMIT DROP AS
SELECT f.account_id, f.days, m.month, m.opening, m.closing, m.day_sum, m.last_on,
       f.is_new AND (m.last_on IS NULL OR f.first_on > m.last_on) AS goes_on
FROM (SELECT r.v_account AS account_id, min(r.v_date) AS first_on, bool_and(r.fresh) AS is_new, count(*) AS days
      FROM import_effect r GROUP BY r.v_account) f
LEFT JOIN LATERAL (SELECT * FROM customers_balancemonth m WHERE m.account_id = f.account_id
                   ORDER BY m.month DESC LIMIT 1) m ON true
