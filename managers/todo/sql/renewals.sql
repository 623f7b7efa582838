-- What of a company that stands ends within 60 days unless it is renewed: what somebody noted, its limits and guarantees.
WITH standing AS (
    SELECT id FROM customers_customer
    WHERE kind <> 'person' AND merged_into_id IS NULL AND status NOT IN ('closed', 'deceased')
)
SELECT r.customer_id, 'renewal:' || r.id || ':' || r.due_on AS about, r.due_on,
       jsonb_build_object('of', 'renewal', 'kind', r.kind, 'what', r.what, 'due_on', r.due_on) AS figures
FROM customers_renewal r JOIN standing c ON c.id = r.customer_id
WHERE r.done_on IS NULL AND r.due_on <= %(day)s::date + 60
UNION ALL
SELECT l.customer_id, 'limit:' || l.id || ':' || l.until, l.until,
       jsonb_build_object('of', 'limit', 'kind', l.kind, 'amount', l.amount::text, 'currency', l.currency, 'due_on', l.until)
FROM customers_creditlimit l JOIN standing c ON c.id = l.customer_id
WHERE l.until BETWEEN %(day)s::date + 1 AND %(day)s::date + 60 AND l.since < l.until
UNION ALL
SELECT g.customer_id, 'guarantee:' || g.id || ':' || g.until, g.until,
       jsonb_build_object('of', 'guarantee', 'kind', g.kind, 'amount', g.amount::text, 'currency', g.currency, 'due_on', g.until)
FROM customers_guarantee g JOIN standing c ON c.id = g.customer_id
WHERE g.until BETWEEN %(day)s::date + 1 AND %(day)s::date + 60 AND g.since < g.until
