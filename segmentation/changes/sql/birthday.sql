-- Persons who have their birthday on one of the days, by the calendar that they keep. Who turns how old, the sun alone tells.
SELECT c.id AS customer_id, CASE WHEN b.is_lunar THEN 'lunar:' ELSE 'solar:' END || b.year AS about, b.falls_on AS due_on,
       NULL::date AS quiet_until,
       jsonb_build_object('falls_on', b.falls_on, 'is_lunar', b.is_lunar,
                          'turns', CASE WHEN NOT b.is_lunar THEN b.year - extract(year FROM b.born)::integer END) AS figures
FROM unnest(%(born)s::date[], %(falls_on)s::date[], %(years)s::integer[], %(lunar)s::boolean[]) AS b (born, falls_on, year, is_lunar)
JOIN customers_customer c ON c.birth_date = b.born AND c.kind = 'person'
JOIN ({whom}) w ON w.id = c.id
WHERE b.is_lunar = EXISTS (
    SELECT FROM customers_preference p
    WHERE p.customer_id = c.id AND p.kind = 'lunar_birthday' AND p.value = 'yes' AND p.ended_at IS NULL
)
