-- Writes the figures that differ into the slot that nobody reads.
UPDATE segmentation_facts f
SET currency = n.currency, balance = n.balance, aum_month_average = n.aum_month_average,
    aum_weighted_average = n.aum_weighted_average, loan_balance = n.loan_balance,
    mortgage_balance = n.mortgage_balance, credits_month = n.credits_month, debits_month = n.debits_month,
    payroll_month = n.payroll_month, transactions_month = n.transactions_month, accounts_held = n.accounts_held,
    products_held = n.products_held, first_opened_on = n.first_opened_on, carry = n.carry
FROM night_figures n
WHERE f.slot = %(slot)s AND f.customer_id = n.customer_id
  AND f.customer_id >= %(low)s AND f.customer_id < %(high)s
  AND (f.currency, f.balance, f.aum_month_average, f.aum_weighted_average, f.loan_balance, f.mortgage_balance,
       f.credits_month, f.debits_month, f.payroll_month, f.transactions_month, f.accounts_held, f.products_held,
       f.first_opened_on, f.carry)
      IS DISTINCT FROM
      (n.currency, n.balance, n.aum_month_average, n.aum_weighted_average, n.loan_balance, n.mortgage_balance,
       n.credits_month, n.debits_month, n.payroll_month, n.transactions_month, n.accounts_held, n.products_held,
       n.first_opened_on, n.carry)
