-- What a unit of each currency was worth in the base currency on each day of the span; no row where no rate is new enough.
CREATE TEMP TABLE value_quote ON COMMIT DROP AS
SELECT c.currency, d.day::date AS day, q.rate
FROM (SELECT DISTINCT currency FROM customers_exchangerate WHERE currency <> %(base)s) AS c
CROSS JOIN generate_series(%(since)s::date, %(day)s::date, interval '1 day') AS d (day)
CROSS JOIN LATERAL (
    SELECT r.rate FROM customers_exchangerate r
    WHERE r.currency = c.currency AND r."on" BETWEEN d.day::date - %(max_age)s AND d.day::date
    ORDER BY r."on" DESC LIMIT 1
) AS q
UNION ALL
SELECT %(base)s, d.day::date, 1 FROM generate_series(%(since)s::date, %(day)s::date, interval '1 day') AS d (day)
