-- The priority of each ticket that is asked about, and which target is promised of it: its place in the list.
WITH asked AS (
    SELECT *
    FROM unnest(%(customers)s::bigint[], %(kinds)s::text[], %(impacts)s::text[], %(fixed)s::text[])
         WITH ORDINALITY AS a (customer_id, kind, impact, fixed, place)
), prioritised AS (
    SELECT a.*, CASE WHEN a.fixed <> '' THEN a.fixed {priorities} END AS priority
    FROM asked a {facts} {priority_joins}
)
SELECT a.place, a.priority, CASE {slas} END AS sla
FROM prioritised a {facts} {sla_joins}
ORDER BY a.place
