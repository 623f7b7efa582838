-- Meetings of today, also those of who handed the customer over, and those of the last week after which nobody has logged a contact.
SELECT m.id::text AS about, m.customer_id, (m.starts_at AT TIME ZONE %(zone)s)::date AS due_on,
       (m.made_at AT TIME ZONE %(zone)s)::date AS source_on,
       jsonb_build_object('id', m.id, 'at', m.starts_at, 'channel', m.channel, 'subject', m.subject) AS figures, 0 AS lift
FROM managers_meeting m JOIN book b ON b.id = m.customer_id
WHERE m.cancelled_at IS NULL AND (m.manager_id = ANY (%(owners)s) OR EXISTS (
      SELECT FROM managers_handover h WHERE h.customer_id = m.customer_id AND h.giver_id = m.manager_id))
  AND (m.starts_at AT TIME ZONE %(zone)s)::date BETWEEN %(day)s::date - 7 AND %(day)s::date
  AND NOT EXISTS (
      SELECT FROM customers_interaction x
      WHERE x.customer_id = m.customer_id AND x.at >= m.starts_at AND x.outcome <> 'not_reached'
          AND (x.direction = 'in' OR x.channel = ANY (%(live)s) OR x.outcome = ANY (%(answered)s)))
