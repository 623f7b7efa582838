-- What the contacts with each customer cost, by channel and purpose, at the rate of their day.
SELECT a.customer_id, sum(c.cost * x.rate) AS activities, bool_or(c.cost IS NULL OR x.rate IS NULL AND c.cost <> 0) AS no_activities
FROM value_asked a
JOIN customers_interaction i ON i.customer_id = a.customer_id AND i.at >= %(since_at)s AND i.at < %(until_at)s
LEFT JOIN unnest(%(channels)s::text[], %(purposes)s::text[], %(costs)s::numeric[]) AS c (channel, purpose, cost)
       ON c.channel = i.channel AND c.purpose = i.purpose
LEFT JOIN value_quote o ON o.currency = %(cost_currency)s AND o.day = (i.at AT TIME ZONE %(zone)s)::date
LEFT JOIN value_quote w ON w.currency = a.wanted AND w.day = (i.at AT TIME ZONE %(zone)s)::date
CROSS JOIN LATERAL (SELECT CASE WHEN a.wanted = %(cost_currency)s THEN 1 ELSE o.rate / w.rate END AS rate) AS x
GROUP BY a.customer_id
