-- Why somebody is left with nobody; of a group, those who were helped have no reason any more.
UPDATE managers_managedcustomer m SET reason = coalesce(l.reason, '')
FROM unnest(%(customers)s::bigint[]) AS k (customer)
LEFT JOIN unnest(%(left)s::bigint[], %(reasons)s::text[]) AS l (customer, reason) ON l.customer = k.customer
WHERE m.customer_id = k.customer AND m.reason IS DISTINCT FROM coalesce(l.reason, '')
