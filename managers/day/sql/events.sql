-- Events of today and tomorrow that the manager hosts, or to which customers of the book come.
SELECT e.id::text AS about, NULL::bigint AS customer_id, (e.starts_at AT TIME ZONE %(zone)s)::date AS due_on,
       (e.starts_at AT TIME ZONE %(zone)s)::date AS source_on,
       jsonb_build_object('id', e.id, 'name', e.name, 'place', e.place, 'at', e.starts_at, 'guests', g.guests) AS figures, 0 AS lift
FROM managers_event e
CROSS JOIN LATERAL (
    SELECT count(*) AS guests FROM managers_invitation i JOIN book b ON b.id = i.customer_id
    WHERE i.event_id = e.id AND i.state IN ('accepted', 'attended')
) g
WHERE e.state IN ('planned', 'open', 'closed') AND (e.starts_at AT TIME ZONE %(zone)s)::date BETWEEN %(day)s::date AND %(day)s::date + 1
  AND (e.host_id = %(user)s OR g.guests > 0)
