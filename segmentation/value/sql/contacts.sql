-- The contacts with a customer in a span, each with its cost at the rate of its day.
SELECT i.id, i.at, i.channel, i.purpose, c.cost AS own_amount, c.currency, CASE WHEN c.cost = 0 THEN 0 ELSE c.cost * x.rate END AS activities
FROM customers_interaction i
CROSS JOIN LATERAL (SELECT (i.at AT TIME ZONE %(zone)s)::date AS day) AS d
JOIN unnest(%(months)s::date[], %(currencies)s::text[]) AS m (month, wanted) ON m.month = date_trunc('month', d.day)::date
LEFT JOIN unnest(%(cost_months)s::date[], %(channels)s::text[], %(purposes)s::text[], %(costs)s::numeric[], %(cost_currencies)s::text[])
       AS c (month, channel, purpose, cost, currency) ON c.month = m.month AND c.channel = i.channel AND c.purpose = i.purpose
CROSS JOIN LATERAL (SELECT CASE WHEN c.currency = m.wanted THEN 1 ELSE {own} / {wanted} END AS rate) AS x
WHERE i.customer_id = %(customer)s AND i.at >= %(since_at)s AND i.at < %(until_at)s
ORDER BY i.at DESC, i.id DESC
