-- A primary that ended on the day, of whom the record says now what it said before: it was never interrupted.
WITH returned AS MATERIALIZED (
    SELECT a.id FROM managers_assignment a JOIN customers_customer c ON c.id = a.customer_id
    WHERE (%(customers)s::bigint[] IS NULL OR a.customer_id = ANY(%(customers)s::bigint[]))
      AND c.merged_into_id IS NULL AND c.erased_on IS NULL
      AND a.role = 'primary' AND a.until = %(day)s AND a.manager_id = c.manager_id
      AND NOT EXISTS (
          SELECT FROM managers_assignment o WHERE o.customer_id = c.id AND o.role = 'primary' AND o.until IS NULL
      )
    FOR NO KEY UPDATE OF c SKIP LOCKED
)
UPDATE managers_assignment a SET until = NULL FROM returned r WHERE a.id = r.id
