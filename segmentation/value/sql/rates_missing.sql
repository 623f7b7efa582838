-- Reports whose month is not known for want of an exchange rate.
INSERT INTO jobs_rowerror (run_id, customer_id, line, "column", code, message, value)
SELECT %(run)s, f.customer_id, NULL, 'currency', 'value_rate_missing', 'No exchange rate for ' || min(f.currency) || ' in the month of ' || %(since)s, ''
FROM (
    SELECT s.customer_id, s.own AS currency FROM night_span s WHERE s.day_sum IS NULL AND s.product_id = ANY(%(products)s)
    UNION ALL
    SELECT k.customer_id, k.currency FROM value_charge k JOIN value_asked a ON a.customer_id = k.customer_id
    LEFT JOIN value_quote o ON o.currency = k.currency AND o.day = k.charged_on
    LEFT JOIN value_quote w ON w.currency = a.wanted AND w.day = k.charged_on
    WHERE k.currency <> a.wanted AND k.amount <> 0 AND o.rate / w.rate IS NULL
) AS f
GROUP BY f.customer_id
