-- Carries the published figures of a customer over into the unread slot.
INSERT INTO segmentation_facts (
    slot, customer_id, currency, balance, aum_month_average, aum_weighted_average, loan_balance, mortgage_balance,
    credits_month, debits_month, payroll_month, transactions_month, accounts_held, products_held, first_opened_on,
    aum_quarter_average, aum_quarter_weighted_average, household_balance, household_month_average
)
SELECT %(slot)s, f.customer_id, f.currency, f.balance, f.aum_month_average, f.aum_weighted_average, f.loan_balance,
       f.mortgage_balance, f.credits_month, f.debits_month, f.payroll_month, f.transactions_month, f.accounts_held,
       f.products_held, f.first_opened_on,
       f.aum_quarter_average, f.aum_quarter_weighted_average, f.household_balance, f.household_month_average
FROM segmentation_facts f
WHERE f.slot = 1 - %(slot)s AND f.customer_id >= %(low)s AND f.customer_id < %(high)s
