-- Where the roll-up already knows later days than this night's, the movements are summed from the rows of the month so far.
WITH moved AS (
    SELECT p.account_id, sum(x.amount) FILTER (WHERE x.amount > 0) AS credits,
           -sum(x.amount) FILTER (WHERE x.amount < 0) AS debits,
           sum(x.amount) FILTER (WHERE x.amount > 0 AND x.kind = %(payroll)s) AS payroll, count(*)::integer AS count
    FROM (SELECT DISTINCT account_id FROM night_held WHERE movement_is_past) p
    JOIN customers_transaction x ON x.account_id = p.account_id AND x.booked_on BETWEEN %(month)s AND %(day)s
    GROUP BY p.account_id
)
UPDATE night_held h
SET credits = coalesce(m.credits, 0), debits = coalesce(m.debits, 0), payroll = coalesce(m.payroll, 0),
    transactions = coalesce(m.count, 0)
FROM (SELECT DISTINCT account_id FROM night_held WHERE movement_is_past) p
LEFT JOIN moved m ON m.account_id = p.account_id
WHERE h.account_id = p.account_id
