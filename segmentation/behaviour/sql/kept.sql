-- Keeps what was moved in a month that lies before the one being closed, so that a year can be summed from the first closing on.
INSERT INTO segmentation_behaviourmonth (
    month, customer_id, kind, currency, last_moved_on, moves, payments, turnover, told_channel, online, told_country,
    abroad, salary, leading_kind
)
SELECT %(first)s, m.customer_id, c.kind,
       CASE c.kind WHEN 'person' THEN %(person)s WHEN 'company' THEN %(company)s ELSE %(institution)s END,
       m.last_moved_on, m.moves, m.payments, m.turnover, m.told_channel, m.online, m.told_country, m.abroad, m.salary,
       m.leading_kind
FROM ({moved}) AS m JOIN customers_customer c ON c.id = m.customer_id
WHERE m.moves > 0
