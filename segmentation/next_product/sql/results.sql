-- Counts the suggestions of a month by product and outcome: what the customer said last, or that nobody asked and an account opened.
SELECT p.code, p.name, coalesce(o.outcome, 'silent') AS outcome, count(*) AS customers
FROM segmentation_suggestion s
JOIN customers_product p ON p.id = s.product_id
JOIN customers_customer c ON c.id = s.customer_id
LEFT JOIN LATERAL (
    SELECT CASE WHEN NOT bool_or(a.by_id IS NOT NULL) THEN 'unasked'
                ELSE (array_agg(a.answer || CASE WHEN a.reason <> '' THEN ':' || a.reason ELSE '' END
                                ORDER BY a.at DESC, a.id DESC))[1] END AS outcome
    FROM segmentation_productanswer a WHERE a.suggestion_id = s.id HAVING count(*) > 0
) o ON true
WHERE s.month = %(month)s
    AND (%(everything)s OR c.manager_id = ANY(%(owners)s::bigint[]) OR c.branch_id = ANY(%(branches)s::bigint[])
         OR c.id = ANY(%(customers)s::bigint[]))
GROUP BY 1, 2, 3
