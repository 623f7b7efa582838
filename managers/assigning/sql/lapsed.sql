-- Suggestions that nobody need decide any more: the customer has another manager, is managed no more, or the taker takes nobody.
UPDATE managers_movesuggestion s SET state = 'lapsed', decided_at = %(at)s, version = s.version + 1
FROM customers_customer c
WHERE c.id = s.customer_id AND s.state = 'open'
  AND (c.manager_id IS DISTINCT FROM s.giver_id OR NOT s.taker_id = ANY(%(takers)s::bigint[])
       OR NOT EXISTS (SELECT FROM managers_managedcustomer m WHERE m.customer_id = c.id))
