-- Writes the averages of the calendar quarter so far: what lay over its days, divided once and rounded once.
WITH summed AS MATERIALIZED (
    SELECT customer_id, bool_or(day_sum IS NULL) AS unknown, sum(day_sum * share) / %(span)s AS average,
           sum(day_sum * share * coefficient) / %(span)s AS weighted
    FROM night_span GROUP BY customer_id
),
found AS MATERIALIZED (
    SELECT f.customer_id,
           CASE WHEN s.unknown THEN NULL ELSE coalesce(money_round(s.average, f.currency), 0) END AS average,
           CASE WHEN s.unknown THEN NULL ELSE coalesce(money_round(s.weighted, f.currency), 0) END AS weighted
    FROM {facts} f LEFT JOIN summed s ON s.customer_id = f.customer_id
    WHERE f.slot = %(slot)s AND f.customer_id >= %(low)s AND f.customer_id < %(high)s
)
UPDATE {facts} f
SET aum_quarter_average = n.average, aum_quarter_weighted_average = n.weighted
FROM found n
WHERE f.slot = %(slot)s AND f.customer_id = n.customer_id
  AND (f.aum_quarter_average, f.aum_quarter_weighted_average) IS DISTINCT FROM (n.average, n.weighted)
