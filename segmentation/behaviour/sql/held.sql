-- The accounts in which customers of the partition have a share, in the currency in which their figures are.
CREATE TEMP TABLE behaviour_held ON COMMIT DROP AS
SELECT h.customer_id, h.account_id, h.share, a.currency AS own, p.family, a.credit_limit,
       CASE c.kind WHEN 'person' THEN %(person)s WHEN 'company' THEN %(company)s ELSE %(institution)s END AS wanted
FROM customers_customer c
JOIN customers_accountholder h
  ON h.customer_id = c.id AND h.share > 0 AND h.customer_id >= %(low)s AND h.customer_id < %(high)s
JOIN customers_account a ON a.id = h.account_id AND a.opened_on <= %(last)s
JOIN customers_product p ON p.id = a.product_id
WHERE c.id >= %(low)s AND c.id < %(high)s AND c.status = ANY(%(tiered)s)
