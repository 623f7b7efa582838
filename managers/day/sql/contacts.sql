-- What the contact plan asks for within a week.
SELECT d.what || ':' || d.customer_id || ':' || d.due_on AS about, d.customer_id, d.due_on,
       (d.last_at AT TIME ZONE %(zone)s)::date AS source_on, jsonb_build_object('what', d.what, 'twice', d.is_doubled) AS figures, 0 AS lift
FROM managers_duecontact d JOIN book b ON b.id = d.customer_id
WHERE d.due_on <= %(day)s::date + 7
