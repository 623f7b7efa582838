-- The clocks of tickets, anew: those of before are gone.
INSERT INTO service_ticketclock (ticket_id, kind, began_at, due_at, warn_at, ended_at, is_paused)
SELECT *
FROM unnest(%(tickets)s::bigint[], %(kinds)s::text[], %(began)s::timestamptz[], %(due)s::timestamptz[],
            %(warn)s::timestamptz[], %(ended)s::timestamptz[], %(paused)s::boolean[])
