-- Open opportunities go to whoever has the customer now: those of the giver, on the same day one more time to somebody else, and
-- those whose owner does not reach the customer any more.
WITH passed AS (
    UPDATE managers_opportunity o SET owner_id = c.manager_id, version = o.version + 1
    FROM customers_customer c
    JOIN identity_user u ON u.id = c.manager_id AND u.is_active
    LEFT JOIN managers_handover h ON h.customer_id = c.id AND h.handed_on = %(day)s
    WHERE (%(customers)s::bigint[] IS NULL OR c.id = ANY(%(customers)s::bigint[]))
      AND o.customer_id = c.id AND o.stage NOT IN ('won', 'lost') AND o.owner_id <> c.manager_id
      AND (o.owner_id = h.giver_id OR o.id = ANY(h.opportunities) OR NOT EXISTS (
          SELECT FROM identity_reach r
          WHERE r.user_id = o.owner_id AND r.starts_at <= %(at)s AND (r.ends_at IS NULL OR r.ends_at > %(at)s)
            AND (r.customer_id = c.id OR r.owner_id = c.manager_id OR r.branch_id = c.branch_id)
      ))
    RETURNING o.id, h.id AS handover
)
UPDATE managers_handover h
SET opportunities = ARRAY(SELECT unnest(h.opportunities) UNION SELECT id FROM passed WHERE handover = h.id ORDER BY 1)
WHERE h.id IN (SELECT handover FROM passed)
