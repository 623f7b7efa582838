-- Writes what the closed month tells of each customer of the partition.
INSERT INTO segmentation_behaviourmonth (
    month, customer_id, kind, currency, moves, payments, turnover, told_channel, online, told_country, abroad,
    leading_kind, last_moved_on, recency_days, transactions_year, turnover_year, spending_kind, payments_monthly,
    online_share, abroad_share, salary, salary_months, slope_3_months, slope_6_months, trend_3_months, trend_6_months,
    main_channel, digital_share, credit_use, standing_orders, standing_amount, life_stage
)
SELECT %(first)s, c.id, c.kind, c.currency, coalesce(m.moves, 0), coalesce(m.payments, 0), m.turnover, m.told_channel,
       m.online, m.told_country, m.abroad, m.leading_kind,
       y.last_moved_on, y.recency_days, y.moves, money_round(y.turnover, c.currency), y.spending_kind,
       y.payments_monthly, y.online_share, y.abroad_share, money_round(y.salary, c.currency), y.salary_months,
       s.slope_3_months, s.slope_6_months, s.trend_3_months, s.trend_6_months,
       k.main_channel, k.digital_share, l.credit_use, l.standing_orders, money_round(l.standing_amount, c.currency),
       g.life_stage
FROM (
    SELECT id, kind, CASE kind WHEN 'person' THEN %(person)s WHEN 'company' THEN %(company)s ELSE %(institution)s END AS currency
    FROM customers_customer WHERE id >= %(low)s AND id < %(high)s AND status = ANY(%(tiered)s)
) AS c
LEFT JOIN behaviour_moved m ON m.customer_id = c.id
LEFT JOIN behaviour_year y ON y.customer_id = c.id
LEFT JOIN behaviour_slope s ON s.customer_id = c.id
LEFT JOIN behaviour_contact k ON k.customer_id = c.id
LEFT JOIN behaviour_line l ON l.customer_id = c.id
LEFT JOIN behaviour_stage g ON g.customer_id = c.id
ORDER BY c.id
