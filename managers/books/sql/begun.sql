-- A primary for each customer whose record names a manager and who has none: from the day, or where the last one ended later,
-- from then. What a customer had is asked once, by the index: a table that grows while it is written is measured by nobody.
INSERT INTO managers_assignment (customer_id, manager_id, role, since, reason, made_by_id, made_at)
SELECT c.id, c.manager_id, 'primary', greatest(%(day)s, known.until), %(reason)s, %(by)s, %(at)s
FROM customers_customer c
LEFT JOIN LATERAL (
    SELECT max(a.until) AS until, bool_or(a.until IS NULL) AS is_open
    FROM managers_assignment a WHERE a.customer_id = c.id AND a.role = 'primary'
) known ON true
WHERE (%(customers)s::bigint[] IS NULL OR c.id = ANY(%(customers)s::bigint[]))
  AND c.manager_id IS NOT NULL AND c.merged_into_id IS NULL AND c.erased_on IS NULL
  AND known.is_open IS NOT TRUE
ORDER BY c.id
FOR NO KEY UPDATE OF c SKIP LOCKED
ON CONFLICT DO NOTHING
