-- Renewals that were made, what was told to end on another day since, and those of a company that left.
SELECT t.about
FROM managers_task t
CROSS JOIN LATERAL (
    SELECT split_part(t.about, ':', 1) AS kind, split_part(t.about, ':', 2)::bigint AS id, split_part(t.about, ':', 3)::date AS due_on
) s
WHERE t.kind = 'renewal' AND t.state = 'open'
  AND (EXISTS (SELECT FROM customers_customer c WHERE c.id = t.customer_id AND c.status IN ('closed', 'deceased'))
  OR NOT EXISTS (SELECT FROM customers_renewal r
                  WHERE s.kind = 'renewal' AND r.id = s.id AND r.due_on = s.due_on AND r.done_on IS NULL)
  AND NOT EXISTS (SELECT FROM customers_creditlimit l WHERE s.kind = 'limit' AND l.id = s.id AND l.until = s.due_on)
  AND NOT EXISTS (SELECT FROM customers_guarantee g WHERE s.kind = 'guarantee' AND g.id = s.id AND g.until = s.due_on))
