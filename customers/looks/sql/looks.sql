-- Who looked at how many customers, and at which of them outside: not of the own book, of the own branch, or below it, today.
WITH persons AS MATERIALIZED (
    SELECT u.id, u.role, u.branch_id, b.path
    FROM identity_user u LEFT JOIN identity_branch b ON b.id = u.branch_id
    WHERE u.role = ANY (%(roles)s) AND (%(below)s IS NULL OR starts_with(b.path, %(below)s))
      AND (%(person)s IS NULL OR u.id = %(person)s)
), seen AS MATERIALIZED (
    SELECT e.actor_id, e.customer_id, count(*) AS looks, count(*) FILTER (WHERE e.action = ANY (%(revealed)s)) AS revealed,
           max(e.at) AS last_at
    FROM persons p JOIN audit_event e ON e.actor_id = p.id
    WHERE e.kind = 'read' AND e.customer_id IS NOT NULL AND e.action <> %(told)s AND e.at >= %(since)s AND e.at < %(until)s
    GROUP BY e.actor_id, e.customer_id
)
SELECT p.id AS person, s.customer_id, s.looks, s.revealed, s.last_at,
       CASE p.role WHEN 'manager' THEN c.manager_id IS DISTINCT FROM p.id
                   WHEN 'teller' THEN c.branch_id IS DISTINCT FROM p.branch_id
                   ELSE NOT coalesce(starts_with(cb.path, p.path), false) END AS is_outside
FROM seen s
JOIN persons p ON p.id = s.actor_id
JOIN customers_customer c ON c.id = s.customer_id
LEFT JOIN identity_branch cb ON cb.id = c.branch_id
