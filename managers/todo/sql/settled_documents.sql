-- Tasks about documents that were renewed or closed, or whose customer left.
SELECT t.about
FROM managers_task t JOIN customers_document d ON d.id::text = t.about JOIN customers_customer c ON c.id = d.customer_id
WHERE t.kind = 'document_expiring' AND t.state = 'open'
  AND (d.closed_at IS NOT NULL OR c.merged_into_id IS NOT NULL OR c.status IN ('closed', 'deceased'))
