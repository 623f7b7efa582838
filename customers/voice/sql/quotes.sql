-- The last quote of each customer, per product, wish and whether it is met, the newest first; with the names that may not be told.
SELECT DISTINCT ON (n.family, p.name, n.wish, n.is_met, n.customer_id)
       n.family, p.name AS product, n.wish, n.is_met, n.quote, n.met_by, n.customer_id, n.noted_at,
       c.name AS customer_name, c.sort_key, c.number AS customer_number
FROM customers_need n
JOIN customers_customer c ON c.id = n.customer_id
LEFT JOIN customers_product p ON p.id = n.product_id
WHERE n.withdrawn_at IS NULL AND n.noted_at >= %(since)s AND n.noted_at < %(until)s AND (n.quote <> '' OR n.met_by <> '')
ORDER BY n.family, p.name, n.wish, n.is_met, n.customer_id, n.noted_at DESC
