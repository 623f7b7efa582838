-- Guests who attended an event of the last sixty days and to whom nobody has spoken since: three days for each.
SELECT i.customer_id, i.id::text AS about, %(day)s::date + 3 AS due_on,
       jsonb_build_object('event', e.name, 'id', e.id, 'began_at', e.starts_at, 'companions', i.companions) AS figures
FROM managers_invitation i
JOIN managers_event e ON e.id = i.event_id
JOIN customers_customer c ON c.id = i.customer_id
WHERE i.state = 'attended' AND e.state = 'held' AND e.ends_at > %(as_of)s - interval '60 days'
  AND c.status NOT IN ('closed', 'deceased') AND c.erased_on IS NULL
  AND NOT EXISTS (SELECT FROM customers_interaction x WHERE x.customer_id = i.customer_id AND x.at > e.ends_at)
