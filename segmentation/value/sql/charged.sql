-- What each customer was charged as the payer, and what was waived of it, at the rate of the charge's day.
SELECT k.customer_id, sum(k.amount * x.rate) AS fees, sum(k.waived * x.rate) AS waivers,
       bool_or(x.rate IS NULL AND k.amount <> 0) AS no_fees, bool_or(x.rate IS NULL AND k.waived <> 0) AS no_waivers
FROM value_charge k
JOIN value_asked a ON a.customer_id = k.customer_id
LEFT JOIN value_quote o ON o.currency = k.currency AND o.day = k.charged_on
LEFT JOIN value_quote w ON w.currency = a.wanted AND w.day = k.charged_on
CROSS JOIN LATERAL (SELECT CASE WHEN k.currency = a.wanted THEN 1 ELSE o.rate / w.rate END AS rate) AS x
GROUP BY k.customer_id
