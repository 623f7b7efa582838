-- The rate of each currency into the rule's on each of its days; NULL where one is missing. Begins a statement.
WITH quoted AS MATERIALIZED (
    SELECT k.currency, d.day::date AS day, CASE WHEN k.currency = %(base)s THEN 1 ELSE q.rate END AS rate
    FROM (SELECT currency FROM customers_exchangerate GROUP BY currency UNION SELECT %(base)s::text) k
    CROSS JOIN generate_series(%(rated_from)s::date, %(day)s::date, interval '1 day') AS d (day)
    LEFT JOIN LATERAL (
        SELECT r.rate FROM customers_exchangerate r
        WHERE r.currency = k.currency AND r."on" BETWEEN d.day::date - %(max_age)s AND d.day::date
        ORDER BY r."on" DESC LIMIT 1
    ) q ON true
),
crossed AS MATERIALIZED (
    SELECT o.currency AS own, o.day, o.rate / w.rate AS rate
    FROM quoted o JOIN quoted w ON w.currency = %(currency)s AND w.day = o.day
)
