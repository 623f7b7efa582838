-- Everybody's own accounts.
SELECT id AS customer_id, id AS member_id, (%(currencies)s::jsonb) ->> kind AS wanted
FROM customers_customer WHERE id >= %(low)s AND id < %(high)s
