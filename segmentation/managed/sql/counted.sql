-- How many customers each rule picks, and what they weigh together.
WITH picked AS ({picked})
SELECT place, count(*) AS customers, sum(weight)::bigint AS load FROM picked WHERE place >= 0 GROUP BY place ORDER BY place
