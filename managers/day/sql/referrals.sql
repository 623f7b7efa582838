-- Customers whom a teller referred and whom nobody has answered.
SELECT r.id::text AS about, r.customer_id, (r.due_at AT TIME ZONE %(zone)s)::date AS due_on,
       (r.referred_at AT TIME ZONE %(zone)s)::date AS source_on,
       jsonb_build_object('family', r.family, 'id', r.id) AS figures, 0 AS lift
FROM managers_referral r JOIN book b ON b.id = r.customer_id
WHERE r.state = 'waiting'
