-- Primaries that are not what the records of the customers say any more: they end with the day before. One that began
-- on the day itself never held, and goes.
WITH asked AS (
    SELECT id, CASE WHEN merged_into_id IS NULL AND erased_on IS NULL THEN manager_id END AS manager_id
    FROM customers_customer WHERE %(customers)s::bigint[] IS NULL OR id = ANY(%(customers)s::bigint[])
),
left_behind AS MATERIALIZED (
    SELECT a.id, a.since FROM managers_assignment a JOIN asked c ON c.id = a.customer_id
    WHERE a.role = 'primary' AND a.until IS NULL AND a.manager_id IS DISTINCT FROM c.manager_id
),
undone AS (DELETE FROM managers_assignment a USING left_behind l WHERE a.id = l.id AND l.since >= %(day)s)
UPDATE managers_assignment a SET until = %(day)s FROM left_behind l WHERE a.id = l.id AND l.since < %(day)s
