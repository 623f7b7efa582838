-- The charges that a customer paid in a span, and what was waived of them, at the rate of each charge's day.
SELECT k.id, k.number, t.name AS fee, a.number AS account, k.charged_on, k.currency, k.amount AS own_amount, k.waived AS own_waived,
       x.rate * k.amount AS fees, x.rate * k.waived AS waivers
FROM ({charges}) k
JOIN customers_feetype t ON t.id = k.fee_id
JOIN customers_account a ON a.id = k.account_id
JOIN unnest(%(months)s::date[], %(currencies)s::text[]) AS m (month, wanted) ON m.month = date_trunc('month', k.charged_on)::date
CROSS JOIN LATERAL (SELECT CASE WHEN k.currency = m.wanted THEN 1 ELSE {own} / {wanted} END AS rate) AS x
ORDER BY k.charged_on DESC, k.number DESC
