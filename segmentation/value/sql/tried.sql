-- What a month brings in under other assumptions, by currency: what is known, and of how many it is not.
SELECT v.currency, count(*) AS customers, count(*) FILTER (WHERE x.value IS NULL) AS unknown,
       money_round(coalesce(sum(x.value), 0), v.currency) AS value
FROM ({valued}) AS v
CROSS JOIN LATERAL (
    SELECT (v.deposits + v.loans - v.losses) / 365 + v.fees - v.waivers + v.commissions - v.activities AS value
) AS x
GROUP BY v.currency ORDER BY v.currency
