-- Drops what takings through a number hold.
WITH holdings AS (DELETE FROM customers_holdingchange WHERE taken <= %(through)s)
DELETE FROM customers_pastchange WHERE taken <= %(through)s
