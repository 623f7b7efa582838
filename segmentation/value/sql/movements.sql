-- The movements of a customer's accounts in a span that the bank earns on: the customer's part of each, at the rate of its day.
SELECT t.number, t.booked_on, t.kind, a.number AS account, t.amount AS own_amount, a.currency, h.share,
       abs(t.amount) * h.share * p.percent * x.rate AS commissions
FROM customers_accountholder h
JOIN customers_account a ON a.id = h.account_id
JOIN customers_transaction t ON t.account_id = a.id AND t.booked_on BETWEEN %(since)s AND %(day)s
JOIN unnest(%(months)s::date[], %(currencies)s::text[]) AS m (month, wanted) ON m.month = date_trunc('month', t.booked_on)::date
JOIN unnest(%(paid_months)s::date[], %(kinds_paid)s::text[], %(percents)s::numeric[]) AS p (month, kind, percent)
  ON p.month = m.month AND p.kind = t.kind
CROSS JOIN LATERAL (SELECT CASE WHEN a.currency = m.wanted THEN 1 ELSE {own} / {wanted} END AS rate) AS x
WHERE h.customer_id = %(customer)s AND h.share > 0 AND a.opened_on <= (m.month + interval '1 month')::date - 1
ORDER BY t.booked_on DESC, t.number DESC
