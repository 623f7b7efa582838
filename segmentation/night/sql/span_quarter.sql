-- Everybody's own accounts.
SELECT id AS customer_id, id AS member_id, CASE kind WHEN 'person' THEN %(person)s WHEN 'company' THEN %(company)s ELSE %(institution)s END AS wanted
FROM customers_customer WHERE id >= %(low)s AND id < %(high)s
