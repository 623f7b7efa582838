-- Adds the new transactions to the sums of their months.
INSERT INTO customers_transactionmonth AS t (account_id, month, credits, debits, payroll, count, last_on)
SELECT r.v_account, date_trunc('month', r.v_date)::date,
       coalesce(sum(r.v_amount) FILTER (WHERE r.v_amount > 0), 0),
       coalesce(-sum(r.v_amount) FILTER (WHERE r.v_amount < 0), 0),
       coalesce(sum(r.v_amount) FILTER (WHERE {is_payroll}), 0), count(*), max(r.v_date)
FROM import_rows r JOIN import_effect e ON e.line = r.line
WHERE e.fresh
GROUP BY 1, 2
ORDER BY 1, 2
ON CONFLICT (account_id, month) DO UPDATE
SET credits = t.credits + excluded.credits, debits = t.debits + excluded.debits,
    payroll = t.payroll + excluded.payroll, count = t.count + excluded.count,
    last_on = greatest(t.last_on, excluded.last_on)
