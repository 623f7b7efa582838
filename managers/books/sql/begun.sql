-- A primary for each customer whose record names a manager and who has none: from the day, or where the last one ended later,
-- from then.
INSERT INTO managers_assignment (customer_id, manager_id, role, since, reason, made_by_id, made_at)
SELECT c.id, c.manager_id, 'primary', greatest(%(day)s, last.until), %(reason)s, %(by)s, %(at)s
FROM customers_customer c
LEFT JOIN LATERAL (
    SELECT max(a.until) AS until FROM managers_assignment a WHERE a.customer_id = c.id AND a.role = 'primary'
) last ON true
WHERE (%(customers)s::bigint[] IS NULL OR c.id = ANY(%(customers)s::bigint[]))
  AND c.manager_id IS NOT NULL AND c.merged_into_id IS NULL AND c.erased_on IS NULL
  AND NOT EXISTS (
      SELECT FROM managers_assignment o WHERE o.customer_id = c.id AND o.role = 'primary' AND o.until IS NULL
  )
ORDER BY c.id
FOR NO KEY UPDATE OF c SKIP LOCKED
ON CONFLICT DO NOTHING
