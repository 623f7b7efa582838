-- What counts towards each target, in one sum.
SELECT target_id, sum(amount) AS done FROM ({attained}) AS counted GROUP BY target_id
