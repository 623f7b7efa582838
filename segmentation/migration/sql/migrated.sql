-- Per kind, tier at the opening and tier at the closing: the customers in reach, their balances on both days, their fees net of waivers between.
WITH stood AS MATERIALIZED (
    SELECT c.id AS customer_id, c.kind, o.tier_id AS opened, n.tier_id AS closed
    FROM customers_customer c
    LEFT JOIN segmentation_tierperiod o
      ON o.customer_id = c.id AND o.since <= %(opening)s AND (o.until IS NULL OR o.until > %(opening)s)
    LEFT JOIN segmentation_tierperiod n
      ON n.customer_id = c.id AND n.since <= %(closing)s AND (n.until IS NULL OR n.until > %(closing)s)
    WHERE (o.tier_id IS NOT NULL OR n.tier_id IS NOT NULL)
      AND (%(everything)s OR c.manager_id = ANY(%(owners)s::bigint[]) OR c.branch_id = ANY(%(branches)s::bigint[]) OR c.id = ANY(%(customers)s::bigint[]))
),
quoted AS MATERIALIZED (
    SELECT m.currency, d.day::date AS day, CASE WHEN m.currency = %(base)s THEN 1 ELSE (
               SELECT r.rate FROM customers_exchangerate r
               WHERE r.currency = m.currency AND r."on" BETWEEN d.day::date - %(max_age)s AND d.day::date
               ORDER BY r."on" DESC LIMIT 1) END AS rate
    FROM (SELECT DISTINCT currency FROM customers_account UNION SELECT value FROM jsonb_each_text(%(currencies)s::jsonb)) m,
         generate_series(%(opening_of)s::date, %(closing)s::date, interval '1 day') d (day)
),
rate AS MATERIALIZED (
    SELECT w.key AS kind, o.currency AS own, o.day, CASE WHEN o.currency = w.value THEN 1 ELSE o.rate / q.rate END AS rate
    FROM jsonb_each_text(%(currencies)s::jsonb) w
    JOIN quoted q ON q.currency = w.value
    JOIN quoted o ON o.day = q.day
),
opened AS ({opened}),
closed AS ({closed}),
paid AS ({paid})
SELECT s.kind, s.opened, s.closed, count(*) AS customers, coalesce(sum(o.amount), 0) AS opening_balance,
       coalesce(sum(n.amount), 0) AS closing_balance, coalesce(sum(p.amount), 0) AS revenue,
       count(*) FILTER (WHERE o.unknown OR n.unknown OR p.unknown) AS unknown
FROM stood s
LEFT JOIN opened o ON o.customer_id = s.customer_id
LEFT JOIN closed n ON n.customer_id = s.customer_id
LEFT JOIN paid p ON p.customer_id = s.customer_id
GROUP BY s.kind, s.opened, s.closed
