-- Writes the totals of each pooled household with its members, and the own figures of everybody else.
WITH summed AS MATERIALIZED (
    SELECT customer_id, bool_or(day_sum IS NULL OR balance IS NULL) AS unknown, sum(balance * share) AS balance,
           sum(day_sum * share) / %(span)s AS average
    FROM night_span GROUP BY customer_id
),
found AS MATERIALIZED (
    SELECT f.customer_id,
           CASE WHEN s.customer_id IS NULL THEN f.balance WHEN s.unknown THEN NULL
                ELSE money_round(s.balance, f.currency) END AS balance,
           CASE WHEN s.customer_id IS NULL THEN f.aum_month_average WHEN s.unknown THEN NULL
                ELSE money_round(s.average, f.currency) END AS average
    FROM {facts} f LEFT JOIN summed s ON s.customer_id = f.customer_id
    WHERE f.slot = %(slot)s AND f.customer_id >= %(low)s AND f.customer_id < %(high)s
)
UPDATE {facts} f
SET household_balance = n.balance, household_month_average = n.average
FROM found n
WHERE f.slot = %(slot)s AND f.customer_id = n.customer_id
  AND (f.household_balance, f.household_month_average) IS DISTINCT FROM (n.balance, n.average)
