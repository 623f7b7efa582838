-- Each of these customers is in the book of the manager beside them.
UPDATE customers_customer c SET manager_id = a.manager, version = c.version + 1, updated_at = %(at)s
FROM unnest(%(customers)s::bigint[], %(managers)s::bigint[]) AS a (customer, manager)
WHERE c.id = a.customer
