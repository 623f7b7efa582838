-- Of the customers whom the manager looked after on the first day: 1 for each, and how many of them did not close. Who died, or
-- was gone before, counts on neither side.
SELECT a.manager_id, a.customer_id, (c.status <> 'closed' OR c.status_since >= %(until)s)::int AS part, 1 AS whole
FROM managers_assignment a JOIN customers_customer c ON c.id = a.customer_id
WHERE a.role = 'primary' AND a.manager_id = ANY(%(managers)s)
  AND a.since <= %(since)s AND (a.until IS NULL OR a.until > %(since)s)
  AND c.merged_into_id IS NULL AND c.erased_on IS NULL
  AND (c.status NOT IN ('closed', 'deceased') OR c.status_since >= %(until)s
       OR c.status = 'closed' AND c.status_since >= %(since)s)
