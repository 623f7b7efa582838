-- Takes what was noted of closed months; what concerns only months that are still to be closed is read when they are.
WITH dropped AS (
    DELETE FROM customers_pastchange WHERE since > coalesce(%(through)s, '1900-01-01'::date - 1)
)
UPDATE customers_pastchange SET taken = %(number)s WHERE taken IS NULL AND since <= coalesce(%(through)s, '1900-01-01'::date - 1)
