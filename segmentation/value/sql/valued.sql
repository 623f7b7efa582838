-- What each customer brought in over a month, line by line, NULL where a rate is missing; no row for who had nothing to do with us.
WITH lain AS ({lain}),
charged AS ({charged}),
commissioned AS ({commissioned}),
acted AS ({acted})
SELECT a.customer_id, a.wanted AS currency,
       CASE WHEN l.no_deposits IS NOT TRUE THEN coalesce(l.deposits, 0) END AS deposits,
       CASE WHEN l.no_loans IS NOT TRUE THEN coalesce(l.loans, 0) END AS loans,
       CASE WHEN c.no_fees IS NOT TRUE THEN coalesce(c.fees, 0) END AS fees,
       CASE WHEN c.no_waivers IS NOT TRUE THEN coalesce(c.waivers, 0) END AS waivers,
       CASE WHEN m.no_commissions IS NOT TRUE THEN coalesce(m.commissions, 0) END AS commissions,
       CASE WHEN i.no_activities IS NOT TRUE THEN coalesce(i.activities, 0) END AS activities,
       CASE WHEN l.no_losses IS NOT TRUE THEN coalesce(l.losses, 0) END AS losses
FROM value_asked a
LEFT JOIN lain l ON l.customer_id = a.customer_id
LEFT JOIN charged c ON c.customer_id = a.customer_id
LEFT JOIN commissioned m ON m.customer_id = a.customer_id
LEFT JOIN acted i ON i.customer_id = a.customer_id
WHERE coalesce(l.customer_id, c.customer_id, m.customer_id, i.customer_id) IS NOT NULL
