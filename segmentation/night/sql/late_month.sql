-- Completes the month-end copies with the quarter's and the household's figures.
UPDATE segmentation_factsmonth m
SET aum_quarter_average = f.aum_quarter_average, aum_quarter_weighted_average = f.aum_quarter_weighted_average,
    household_balance = f.household_balance, household_month_average = f.household_month_average
FROM segmentation_facts f
WHERE f.slot = %(slot)s AND f.customer_id = m.customer_id AND m.business_date = %(day)s
  AND m.customer_id >= %(low)s AND m.customer_id < %(high)s
