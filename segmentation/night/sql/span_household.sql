-- For each member who agreed to be pooled, the accounts of all members of the household who did.
SELECT m.customer_id, o.customer_id AS member_id,
       CASE c.kind WHEN 'person' THEN %(person)s WHEN 'company' THEN %(company)s ELSE %(institution)s END AS wanted
FROM customers_householdmember m
JOIN customers_customer c ON c.id = m.customer_id
JOIN customers_householdmember o ON o.household_id = m.household_id AND o.pools
     AND o.since <= %(day)s AND (o.until IS NULL OR o.until > %(day)s)
WHERE m.customer_id >= %(low)s AND m.customer_id < %(high)s AND m.pools
  AND m.since <= %(day)s AND (m.until IS NULL OR m.until > %(day)s)
