-- The figures of each customer of the partition: shares of what their accounts hold, unknown where any part is unknown.
WITH asked AS MATERIALIZED (
    SELECT id, currency, minor_unit(currency) AS digits
    FROM (SELECT id, CASE kind WHEN 'person' THEN %(person)s WHEN 'company' THEN %(company)s ELSE %(institution)s END AS currency
          FROM customers_customer WHERE id >= %(low)s AND id < %(high)s{whose}) AS spoken
),
summed AS (
    SELECT customer_id,
           bool_or(is_uneven OR movement_is_past OR own <> wanted) AS is_special,
           bool_or(day_sum IS NULL OR balance IS NULL) AS unknown,
           bool_or(credits IS NULL) AS unmoved,
           sum(balance * asset_share) AS balance,
           sum(balance * asset_share * coefficient) AS weighted_balance,
           sum(day_sum * asset_share) AS day_sum,
           sum(day_sum * asset_share * coefficient) AS weighted_day_sum,
           sum(abs(balance) * loan_share) AS loans,
           sum(abs(balance) * mortgage_share) AS mortgages,
           sum(credits * share) FILTER (WHERE transactions > 0) AS credits,
           sum(debits * share) FILTER (WHERE transactions > 0) AS debits,
           sum(payroll * share) FILTER (WHERE transactions > 0) AS payroll,
           sum(transactions)::integer AS transactions,
           count(*) FILTER (WHERE is_open)::integer AS accounts,
           count(DISTINCT product_id) FILTER (WHERE is_open)::integer AS products,
           min(opened_on) AS first_opened_on
    FROM ({held}) AS held GROUP BY customer_id
)
SELECT c.id AS customer_id, c.currency,
       CASE WHEN s.unknown THEN NULL ELSE coalesce(round(s.balance, c.digits), 0) END AS balance,
       CASE WHEN s.unknown THEN NULL ELSE coalesce(round(s.day_sum / %(days)s, c.digits), 0) END AS aum_month_average,
       CASE WHEN s.unknown THEN NULL ELSE coalesce(round(s.weighted_day_sum / %(days)s, c.digits), 0) END AS aum_weighted_average,
       CASE WHEN s.unknown THEN NULL ELSE coalesce(round(s.loans, c.digits), 0) END AS loan_balance,
       CASE WHEN s.unknown THEN NULL ELSE coalesce(round(s.mortgages, c.digits), 0) END AS mortgage_balance,
       CASE WHEN s.unmoved THEN NULL ELSE coalesce(round(s.credits, c.digits), 0) END AS credits_month,
       CASE WHEN s.unmoved THEN NULL ELSE coalesce(round(s.debits, c.digits), 0) END AS debits_month,
       CASE WHEN s.unmoved THEN NULL ELSE coalesce(round(s.payroll, c.digits), 0) END AS payroll_month,
       coalesce(s.transactions, 0) AS transactions_month, coalesce(s.accounts, 0) AS accounts_held,
       coalesce(s.products, 0) AS products_held, s.first_opened_on,
       CASE WHEN s.is_special OR s.unknown OR s.unmoved THEN NULL
            ELSE ARRAY[coalesce(s.balance, 0), coalesce(s.weighted_balance, 0), coalesce(s.day_sum - s.balance * %(days)s, 0),
                       coalesce(s.weighted_day_sum - s.weighted_balance * %(days)s, 0)] END AS carry,
       coalesce(s.is_special, false) AS is_special, false AS is_same
FROM asked c LEFT JOIN summed s ON s.customer_id = c.id
