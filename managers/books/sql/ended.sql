-- Primaries that are not what the records of the customers say any more: they end with the day before. One that began
-- on the day itself never held, and goes. Whose record somebody else is changing is left to them.
WITH left_behind AS MATERIALIZED (
    SELECT a.id, a.since FROM managers_assignment a JOIN customers_customer c ON c.id = a.customer_id
    WHERE (%(customers)s::bigint[] IS NULL OR a.customer_id = ANY(%(customers)s::bigint[]))
      AND a.role = 'primary' AND a.until IS NULL
      AND (a.manager_id IS DISTINCT FROM c.manager_id OR c.merged_into_id IS NOT NULL OR c.erased_on IS NOT NULL)
    FOR NO KEY UPDATE OF c SKIP LOCKED
),
undone AS (DELETE FROM managers_assignment a USING left_behind l WHERE a.id = l.id AND l.since >= %(day)s)
UPDATE managers_assignment a SET until = %(day)s FROM left_behind l WHERE a.id = l.id AND l.since < %(day)s
