-- The customers whose month is reckoned, each with the currency of their figures.
CREATE TEMP TABLE value_asked ON COMMIT DROP AS
SELECT c.id AS customer_id, CASE c.kind WHEN 'person' THEN %(person)s WHEN 'company' THEN %(company)s ELSE %(institution)s END AS wanted
FROM customers_customer c
WHERE c.id >= %(low)s AND c.id < %(high)s{whose}
