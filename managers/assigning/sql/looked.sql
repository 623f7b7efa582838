-- Who is managed, for which team and at which weight: as the rules say, and nobody else. Who can't be judged stays.
WITH picked AS MATERIALIZED ({picked}),
rules AS (
    SELECT * FROM unnest(%(names)s::text[], %(branches)s::bigint[], %(teams)s::bigint[]) WITH ORDINALITY AS r (name, branch, team, n)
),
gone AS (
    DELETE FROM managers_managedcustomer m
    WHERE NOT EXISTS (SELECT FROM picked p WHERE p.customer_id = m.customer_id AND p.place IS NOT NULL)
)
INSERT INTO managers_managedcustomer AS m (customer_id, rule, branch_id, team_id, weight, reason)
SELECT p.customer_id, r.name, coalesce(r.branch, CASE WHEN r.team IS NULL THEN c.branch_id END), r.team, p.weight, ''
FROM picked p
JOIN rules r ON r.n = p.place + 1
JOIN customers_customer c ON c.id = p.customer_id
ON CONFLICT (customer_id) DO UPDATE
SET rule = excluded.rule, branch_id = excluded.branch_id, team_id = excluded.team_id, weight = excluded.weight
WHERE (m.rule, m.branch_id, m.team_id, m.weight)
    IS DISTINCT FROM (excluded.rule, excluded.branch_id, excluded.team_id, excluded.weight)
