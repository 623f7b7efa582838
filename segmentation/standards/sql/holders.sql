-- How many customers have a right to a benefit on a day under the content of the standards.
SELECT count(*) FROM (
    SELECT customer_id FROM ({origins}) o GROUP BY customer_id HAVING bool_and(origin <> 'withdrawal')
) h
