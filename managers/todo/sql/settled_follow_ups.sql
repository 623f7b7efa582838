-- Follow-ups of guests with whom somebody has spoken since the event, and of those who left.
SELECT t.about
FROM managers_task t
JOIN managers_invitation i ON i.id = t.about::bigint
JOIN managers_event e ON e.id = i.event_id
WHERE t.kind = 'event_follow_up' AND t.state = 'open'
  AND (EXISTS (SELECT FROM customers_customer c WHERE c.id = t.customer_id AND c.status IN ('closed', 'deceased'))
  OR EXISTS (SELECT FROM customers_interaction x WHERE x.customer_id = t.customer_id AND x.at > e.ends_at))
