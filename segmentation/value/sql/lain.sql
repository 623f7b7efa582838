-- What lay on the accounts of each customer, times the margin and the expected loss of a year: undivided sums over the days.
SELECT s.customer_id,
       sum(s.day_sum * s.share * r.margin) FILTER (WHERE r.line = 'deposits' AND s.day_sum <> 0) AS deposits,
       sum(abs(s.day_sum) * s.share * r.margin) FILTER (WHERE r.line = 'loans' AND s.day_sum <> 0) AS loans,
       sum(abs(s.day_sum) * s.share * r.loss) FILTER (WHERE r.line = 'loans' AND s.day_sum <> 0) AS losses,
       bool_or(s.day_sum IS DISTINCT FROM 0 AND s.day_sum * r.margin IS NULL) FILTER (WHERE r.line = 'deposits') AS no_deposits,
       bool_or(s.day_sum IS DISTINCT FROM 0 AND s.day_sum * r.margin IS NULL) FILTER (WHERE r.line = 'loans') AS no_loans,
       bool_or(s.day_sum IS DISTINCT FROM 0 AND s.day_sum * r.loss IS NULL) FILTER (WHERE r.line = 'loans') AS no_losses
FROM night_span s
LEFT JOIN unnest(%(products)s::bigint[], %(lines)s::text[], %(margins)s::numeric[], %(expected)s::numeric[])
       AS r (product_id, line, margin, loss) ON r.product_id = s.product_id
GROUP BY s.customer_id
