-- Tasks about reviews that were made, so that the next one is due on another day; or whose plan was closed, or customer left.
SELECT t.about
FROM managers_task t
JOIN managers_customerplan p ON p.id = split_part(t.about, ':', 1)::bigint
JOIN customers_customer c ON c.id = p.customer_id
WHERE t.kind = 'plan_review' AND t.state = 'open'
  AND (p.review_on <> split_part(t.about, ':', 2)::date OR p.closed_at IS NOT NULL
       OR c.merged_into_id IS NOT NULL OR c.status IN ('closed', 'deceased'))
