-- What was waived of the month's charges and what would be, per tier and fee.
SELECT tier, fee_code AS fee, currency, count(*) AS charges, sum(before) AS before, sum(after) AS after
FROM segmentation_simulatedwaiver WHERE simulation_id = %(simulation)s
GROUP BY tier, fee_code, currency
ORDER BY tier, fee_code, currency
