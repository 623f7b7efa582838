-- Documents that end within ninety days of the day, or have ended, of customers who stand: a task for each, once.
SELECT d.customer_id, d.id::text AS about, jsonb_build_object('type', d.type, 'valid_until', d.valid_until) AS figures,
       greatest(d.valid_until, %(day)s::date) AS due_on
FROM customers_document d JOIN customers_customer c ON c.id = d.customer_id
WHERE d.closed_at IS NULL AND d.valid_until <= %(day)s::date + 90
  AND c.merged_into_id IS NULL AND c.status NOT IN ('closed', 'deceased')
