-- Reports the customers whose figures are unknown for want of an exchange rate; their tier stays as it is.
INSERT INTO jobs_rowerror (run_id, customer_id, line, "column", code, message, value)
SELECT %(run)s, h.customer_id, NULL, 'currency', 'rate_missing',
       'No exchange rate between ' || min(h.own) || ' and ' || min(h.wanted) || ' for a day through ' || %(day)s, ''
FROM night_held h JOIN customers_customer c ON c.id = h.customer_id AND c.kind = ANY(%(kinds)s)
WHERE h.day_sum IS NULL OR h.balance IS NULL OR h.credits IS NULL
GROUP BY h.customer_id
