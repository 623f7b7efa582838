-- The cross rate of every pair of currencies and day of the open month that foreign accounts need; NULL where one is missing.
CREATE TEMP TABLE {rates} ON COMMIT DROP AS
WITH pairs AS (SELECT DISTINCT own, wanted FROM {held} WHERE own <> wanted),
days AS (SELECT day::date FROM generate_series(%(month)s::date, %(day)s::date, interval '1 day') AS day),
wanted AS (
    SELECT currency, day
    FROM (SELECT own AS currency FROM pairs UNION SELECT wanted FROM pairs) AS currencies CROSS JOIN days
),
quoted AS (
    SELECT w.currency, w.day, CASE WHEN w.currency = %(base)s THEN 1 ELSE q.rate END AS rate
    FROM wanted w
    LEFT JOIN LATERAL (
        SELECT r.rate FROM customers_exchangerate r
        WHERE r.currency = w.currency AND r."on" BETWEEN w.day - %(max_age)s AND w.day
        ORDER BY r."on" DESC LIMIT 1
    ) q ON true
)
SELECT p.own, p.wanted, o.day, o.rate / w.rate AS rate
FROM pairs p
JOIN quoted o ON o.currency = p.own
JOIN quoted w ON w.currency = p.wanted AND w.day = o.day
