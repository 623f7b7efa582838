-- What the bank earns on movements of certain kinds: a share of each, the holder's part of it, at the rate of the day.
SELECT s.customer_id, sum(abs(t.amount) * s.share * p.percent * x.rate) AS commissions,
       bool_or(x.rate IS NULL AND t.amount <> 0) AS no_commissions
FROM night_span s
JOIN customers_transaction t ON t.account_id = s.account_id AND t.booked_on BETWEEN %(since)s AND %(day)s AND t.kind = ANY(%(kinds_paid)s)
JOIN unnest(%(kinds_paid)s::text[], %(percents)s::numeric[]) AS p (kind, percent) ON p.kind = t.kind
LEFT JOIN value_quote o ON o.currency = s.own AND o.day = t.booked_on
LEFT JOIN value_quote w ON w.currency = s.wanted AND w.day = t.booked_on
CROSS JOIN LATERAL (SELECT CASE WHEN s.own = s.wanted THEN 1 ELSE o.rate / w.rate END AS rate) AS x
GROUP BY s.customer_id
