-- Which of these months have a transaction of an account that customers of the partition share.
SELECT month
FROM unnest(%(months)s::date[]) AS month
WHERE EXISTS (
    SELECT FROM behaviour_held h
    JOIN customers_transaction x ON x.account_id = h.account_id
    WHERE x.booked_on >= month AND x.booked_on < month + interval '1 month'
)
ORDER BY month
