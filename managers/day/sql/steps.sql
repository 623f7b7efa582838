-- Next steps that were promised and have come, where nobody has spoken with the customer since.
SELECT i.id::text AS about, i.customer_id, i.next_on AS due_on, (i.at AT TIME ZONE %(zone)s)::date AS source_on,
       jsonb_build_object('note', left(i.note, 160)) AS figures, 0 AS lift
FROM customers_interaction i JOIN book b ON b.id = i.customer_id
WHERE i.next_on BETWEEN %(day)s::date - 90 AND %(day)s::date
  AND NOT EXISTS (SELECT FROM customers_interaction x WHERE x.customer_id = i.customer_id AND x.at > i.at)
