-- Counts anew the months of corrected transactions, of the account that they left too.
WITH asked AS MATERIALIZED (
    SELECT account_id, month FROM import_was
    UNION
    SELECT r.v_account, date_trunc('month', r.v_date::timestamp)::date
    FROM import_effect r WHERE NOT r.fresh
),
counted AS (
    SELECT a.account_id, a.month,
           coalesce(sum(x.amount) FILTER (WHERE x.amount > 0), 0) AS credits,
           coalesce(-sum(x.amount) FILTER (WHERE x.amount < 0), 0) AS debits,
           coalesce(sum(x.amount) FILTER (WHERE x.amount > 0 AND x.kind = 'payroll'), 0) AS payroll,
           count(x.number) AS count, max(x.booked_on) AS last_on
    FROM asked a
    LEFT JOIN customers_transaction x ON x.account_id = a.account_id AND x.booked_on >= a.month
                                     AND x.booked_on < (a.month + interval '1 month')::date
    GROUP BY a.account_id, a.month
)
MERGE INTO customers_transactionmonth t
USING counted c ON t.account_id = c.account_id AND t.month = c.month
WHEN MATCHED AND c.count = 0 THEN DELETE
WHEN MATCHED THEN UPDATE SET credits = c.credits, debits = c.debits, payroll = c.payroll, count = c.count, last_on = c.last_on
WHEN NOT MATCHED AND c.count > 0 THEN INSERT (account_id, month, credits, debits, payroll, count, last_on)
    VALUES (c.account_id, c.month, c.credits, c.debits, c.payroll, c.count, c.last_on)
