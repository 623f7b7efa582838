-- Adds the new transactions to the sums of their months.
WITH summed AS (
    SELECT r.v_account AS account_id, date_trunc('month', r.v_date::timestamp)::date AS month,
           coalesce(sum(r.v_amount) FILTER (WHERE r.v_amount > 0), 0) AS credits,
           coalesce(-sum(r.v_amount) FILTER (WHERE r.v_amount < 0), 0) AS debits,
           coalesce(sum(r.v_amount) FILTER (WHERE {is_payroll}), 0) AS payroll,
           count(*) AS count, max(r.v_date) AS last_on
    FROM import_effect r
    WHERE r.fresh GROUP BY 1, 2
),
known AS MATERIALIZED (
    SELECT s.*, k.is_known FROM summed s
    LEFT JOIN LATERAL (SELECT true AS is_known FROM customers_transactionmonth t
                       WHERE t.account_id = s.account_id AND t.month = s.month LIMIT 1) k ON true
    ORDER BY 1, 2
),
changed AS (
    UPDATE customers_transactionmonth t
    SET credits = t.credits + k.credits, debits = t.debits + k.debits, payroll = t.payroll + k.payroll,
        count = t.count + k.count, last_on = greatest(t.last_on, k.last_on)
    FROM known k WHERE k.is_known AND t.account_id = k.account_id AND t.month = k.month
)
INSERT INTO customers_transactionmonth (account_id, month, credits, debits, payroll, count, last_on)
SELECT account_id, month, credits, debits, payroll, count, last_on FROM known WHERE is_known IS NULL
