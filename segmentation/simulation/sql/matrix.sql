-- How many customers go from which published tier to which of the draft, with their balances.
SELECT published, draft, currency, count(*) AS customers, coalesce(sum(balance), 0) AS balance
FROM segmentation_simulatedtier WHERE simulation_id = %(simulation)s
GROUP BY published, draft, currency
