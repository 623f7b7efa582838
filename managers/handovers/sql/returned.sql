-- What was handed over on the day and is not any more was never handed over: what went along goes back.
WITH gone AS (
    DELETE FROM managers_handover h
    WHERE (%(customers)s::bigint[] IS NULL OR h.customer_id = ANY(%(customers)s::bigint[])) AND h.handed_on = %(day)s
      AND NOT EXISTS (
          SELECT FROM managers_assignment a
          WHERE a.customer_id = h.customer_id AND a.role = 'primary' AND a.until IS NULL AND a.since = h.handed_on
      )
    RETURNING h.opportunities, h.giver_id, h.receiver_id
)
UPDATE managers_opportunity o SET owner_id = g.giver_id, version = version + 1
FROM gone g
WHERE o.id = ANY(g.opportunities) AND o.owner_id = g.receiver_id AND o.stage NOT IN ('won', 'lost')
