-- Next steps that were promised and have come: with a contact, where nobody has spoken with the customer since, of an opportunity,
-- and of a prospect.
SELECT i.id::text AS about, i.customer_id, i.next_on AS due_on, (i.at AT TIME ZONE %(zone)s)::date AS source_on,
       jsonb_build_object('note', left(i.note, 160)) AS figures, 0 AS lift
FROM customers_interaction i JOIN book b ON b.id = i.customer_id
WHERE i.next_on BETWEEN %(day)s::date - 90 AND %(day)s::date
  AND NOT EXISTS (
      SELECT FROM customers_interaction x
      WHERE x.customer_id = i.customer_id AND x.at > i.at AND x.outcome <> 'not_reached'
          AND (x.direction = 'in' OR x.channel = ANY (%(live)s) OR x.outcome = ANY (%(answered)s)))
UNION ALL
SELECT 'opportunity-' || o.id || '-' || o.next_on, o.customer_id, o.next_on, (o.opened_at AT TIME ZONE %(zone)s)::date,
       jsonb_build_object('note', left(o.next_step, 160)), 10
FROM managers_opportunity o JOIN book b ON b.id = o.customer_id
WHERE o.stage NOT IN ('won', 'lost') AND o.next_on BETWEEN %(day)s::date - 90 AND %(day)s::date
UNION ALL
SELECT 'prospect-' || p.id || '-' || p.next_on, p.customer_id, p.next_on, (p.noted_at AT TIME ZONE %(zone)s)::date,
       jsonb_build_object('note', left(p.next_step, 160)), 5
FROM managers_prospect p JOIN book b ON b.id = p.customer_id
WHERE p.stage NOT IN ('converted', 'lost') AND p.next_on BETWEEN %(day)s::date - 90 AND %(day)s::date
