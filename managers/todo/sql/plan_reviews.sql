-- Open plans of customers who stand, whose next review is due within a fortnight.
SELECT p.customer_id, p.id || ':' || p.review_on AS about, p.review_on AS due_on,
       jsonb_build_object('since', p.since, 'due_on', p.review_on) AS figures
FROM managers_customerplan p
JOIN customers_customer c ON c.id = p.customer_id
WHERE p.closed_at IS NULL AND p.review_on <= %(day)s::date + 14
  AND c.merged_into_id IS NULL AND c.status NOT IN ('closed', 'deceased')
