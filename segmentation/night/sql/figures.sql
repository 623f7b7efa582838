-- The figures of each customer of the partition: shares of what their accounts hold, unknown where any part is unknown.
CREATE TEMP TABLE night_figures ON COMMIT DROP AS
WITH asked AS MATERIALIZED (
    SELECT id, (%(currencies)s::jsonb) ->> kind AS currency
    FROM customers_customer WHERE id >= %(low)s AND id < %(high)s
),
summed AS (
    SELECT customer_id,
           bool_or(day_sum IS NULL OR balance IS NULL) AS unknown,
           bool_or(credits IS NULL) AS unmoved,
           sum(balance * share) FILTER (WHERE family = ANY(%(assets)s)) AS balance,
           sum(day_sum * share) FILTER (WHERE family = ANY(%(assets)s)) / %(days)s AS average,
           sum(day_sum * share * coefficient) FILTER (WHERE family = ANY(%(assets)s)) / %(days)s AS weighted,
           sum(abs(balance) * share) FILTER (WHERE family IN ('loan', 'mortgage')) AS loans,
           sum(abs(balance) * share) FILTER (WHERE family = 'mortgage') AS mortgages,
           sum(credits * share) AS credits, sum(debits * share) AS debits, sum(payroll * share) AS payroll,
           sum(transactions)::integer AS transactions,
           count(*) FILTER (WHERE is_open)::integer AS accounts,
           count(DISTINCT product_id) FILTER (WHERE is_open)::integer AS products,
           min(opened_on) AS first_opened_on
    FROM night_held GROUP BY customer_id
)
SELECT c.id AS customer_id, c.currency,
       CASE WHEN s.unknown THEN NULL ELSE coalesce(money_round(s.balance, c.currency), 0) END AS balance,
       CASE WHEN s.unknown THEN NULL ELSE coalesce(money_round(s.average, c.currency), 0) END AS aum_month_average,
       CASE WHEN s.unknown THEN NULL ELSE coalesce(money_round(s.weighted, c.currency), 0) END AS aum_weighted_average,
       CASE WHEN s.unknown THEN NULL ELSE coalesce(money_round(s.loans, c.currency), 0) END AS loan_balance,
       CASE WHEN s.unknown THEN NULL ELSE coalesce(money_round(s.mortgages, c.currency), 0) END AS mortgage_balance,
       CASE WHEN s.unmoved THEN NULL ELSE coalesce(money_round(s.credits, c.currency), 0) END AS credits_month,
       CASE WHEN s.unmoved THEN NULL ELSE coalesce(money_round(s.debits, c.currency), 0) END AS debits_month,
       CASE WHEN s.unmoved THEN NULL ELSE coalesce(money_round(s.payroll, c.currency), 0) END AS payroll_month,
       coalesce(s.transactions, 0) AS transactions_month, coalesce(s.accounts, 0) AS accounts_held,
       coalesce(s.products, 0) AS products_held, s.first_opened_on
FROM asked c LEFT JOIN summed s ON s.customer_id = c.id
