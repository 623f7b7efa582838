-- By which business day what is asked is due; rows that say otherwise are written anew, and what is asked no more goes.
WITH asked AS MATERIALIZED ({asked}),
{falls},
found AS MATERIALIZED (
    SELECT customer_id, what, tier_id, last_at, days_late, due_on, is_doubled FROM fallen
),
standing AS MATERIALIZED (
    SELECT * FROM managers_duecontact WHERE %(customers)s::bigint[] IS NULL OR customer_id = ANY (%(customers)s::bigint[])
),
gone AS (
    DELETE FROM managers_duecontact d USING standing s
    WHERE d.id = s.id AND NOT EXISTS (SELECT FROM found f WHERE f.customer_id = s.customer_id AND f.what = s.what)
)
INSERT INTO managers_duecontact (customer_id, what, tier_id, last_at, days_late, due_on, is_doubled)
SELECT f.* FROM found f LEFT JOIN standing s ON s.customer_id = f.customer_id AND s.what = f.what
WHERE s.id IS NULL OR (f.tier_id, f.last_at, f.days_late, f.due_on, f.is_doubled)
    IS DISTINCT FROM (s.tier_id, s.last_at, s.days_late, s.due_on, s.is_doubled)
ORDER BY f.customer_id, f.what
ON CONFLICT (customer_id, what) DO UPDATE
SET tier_id = excluded.tier_id, last_at = excluded.last_at, days_late = excluded.days_late, due_on = excluded.due_on,
    is_doubled = excluded.is_doubled
