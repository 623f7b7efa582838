-- Tasks about conditions of grants that have ended or were replaced, or whose customer left.
SELECT t.about
FROM managers_task t JOIN managers_resourcerequest r ON r.id = (t.figures ->> 'id')::bigint
JOIN customers_customer c ON c.id = r.customer_id
WHERE t.kind = 'condition_broken' AND t.state = 'open'
  AND (r.valid_until < %(day)s OR EXISTS (
      SELECT FROM managers_resourcerequest n WHERE n.replaces_id = r.id AND n.state = 'granted'
  ) OR c.merged_into_id IS NOT NULL OR c.status IN ('closed', 'deceased'))
