-- Adds the customers whom the slot does not know yet.
WITH known AS MATERIALIZED (
    SELECT customer_id FROM segmentation_facts
    WHERE slot = %(slot)s AND customer_id >= %(low)s AND customer_id < %(high)s
)
INSERT INTO segmentation_facts (
    slot, customer_id, currency, balance, aum_month_average, aum_weighted_average, loan_balance, mortgage_balance,
    credits_month, debits_month, payroll_month, transactions_month, accounts_held, products_held, first_opened_on,
    carry
)
SELECT %(slot)s, n.customer_id, n.currency, n.balance, n.aum_month_average, n.aum_weighted_average, n.loan_balance,
       n.mortgage_balance, n.credits_month, n.debits_month, n.payroll_month, n.transactions_month, n.accounts_held,
       n.products_held, n.first_opened_on, n.carry
FROM night_figures n LEFT JOIN known k ON k.customer_id = n.customer_id
WHERE k.customer_id IS NULL
ORDER BY n.customer_id
