-- The status of each ticket and what its clock says of it, written whole.
UPDATE service_ticket t
SET priority = r.priority, status = r.status, ended_at = r.ended_at, due_at = r.due_at, due_kind = r.due_kind,
    warn_at = r.warn_at, is_paused = r.is_paused, levels_id = r.levels_id, reckoned = r.reckoned
FROM unnest(%(ids)s::bigint[], %(priorities)s::text[], %(statuses)s::text[], %(ended)s::timestamptz[],
            %(due)s::timestamptz[], %(kinds)s::text[], %(warn)s::timestamptz[], %(paused)s::boolean[],
            %(levels)s::bigint[], %(reckoned)s::text[])
     AS r (id, priority, status, ended_at, due_at, due_kind, warn_at, is_paused, levels_id, reckoned)
WHERE t.id = r.id
