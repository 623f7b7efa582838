-- Call-backs that were kept or cancelled.
SELECT t.about
FROM managers_task t
JOIN service_callback c ON c.id::text = t.about
WHERE t.kind = 'call_back' AND t.state = 'open' AND c.ended_at IS NOT NULL AND c.customer_id = ANY (%(customers)s::bigint[])
