-- Call-backs that the manager of the customer has promised and not yet kept.
SELECT c.customer_id, c.id::text AS about, jsonb_build_object('at', c.due_at, 'topic', c.topic) AS figures,
       (c.due_at AT TIME ZONE %(zone)s)::date AS due_on
FROM service_callback c
WHERE c.by_manager AND c.ended_at IS NULL AND c.customer_id = ANY (%(customers)s::bigint[])
