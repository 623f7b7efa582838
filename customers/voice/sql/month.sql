-- Per product, wish and whether it is met: the needs of a month, and how many customers said so.
SELECT n.family, p.name AS product, n.wish, n.is_met, count(*)::int AS needs, count(DISTINCT n.customer_id)::int AS customers
FROM customers_need n
LEFT JOIN customers_product p ON p.id = n.product_id
WHERE n.withdrawn_at IS NULL AND n.noted_at >= %(since)s AND n.noted_at < %(until)s
GROUP BY n.family, p.name, n.wish, n.is_met
