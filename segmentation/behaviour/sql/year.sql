-- The twelve months through the closed one: what was kept of the eleven before it, and what this one moved.
CREATE TEMP TABLE behaviour_year ON COMMIT DROP AS
WITH months AS MATERIALIZED (
    SELECT month, customer_id, last_moved_on, moves, payments, turnover, told_channel, online, told_country, abroad,
           salary, leading_kind
    FROM segmentation_behaviourmonth
    WHERE month >= %(year)s AND month < %(first)s AND customer_id >= %(low)s AND customer_id < %(high)s
    UNION ALL
    SELECT %(first)s, customer_id, last_moved_on, moves, payments, turnover, told_channel, online, told_country, abroad,
           salary, leading_kind
    FROM behaviour_moved
),
led AS (
    SELECT DISTINCT ON (customer_id) customer_id, leading_kind
    FROM (SELECT customer_id, leading_kind, count(*) AS n, max(month) AS newest FROM months
          WHERE leading_kind IS NOT NULL GROUP BY customer_id, leading_kind) AS counted
    ORDER BY customer_id, n DESC, newest DESC, leading_kind
),
summed AS (
    SELECT customer_id, max(last_moved_on) AS last_moved_on, sum(moves)::integer AS moves, sum(payments) AS payments,
           CASE WHEN bool_and(turnover IS NOT NULL) THEN sum(turnover) END AS turnover,
           CASE WHEN bool_and(turnover IS NOT NULL) THEN sum(online) END AS online,
           CASE WHEN bool_and(turnover IS NOT NULL) THEN sum(abroad) END AS abroad,
           nullif(sum(told_channel), 0) AS told_channel, nullif(sum(told_country), 0) AS told_country,
           max(salary) FILTER (WHERE month = %(first)s) AS salary,
           CASE WHEN bool_and(salary IS NOT NULL) FILTER (WHERE month >= %(quarter)s)
                THEN (count(*) FILTER (WHERE month >= %(quarter)s AND salary > 0))::integer END AS salary_months
    FROM months GROUP BY customer_id
)
SELECT s.customer_id, s.last_moved_on, %(last)s::date - s.last_moved_on AS recency_days, s.moves, s.turnover,
       l.leading_kind AS spending_kind, round(s.payments / 12.0, 2) AS payments_monthly,
       round(100 * s.online / s.told_channel, 2) AS online_share,
       round(100 * s.abroad / s.told_country, 2) AS abroad_share, s.salary, s.salary_months
FROM summed s LEFT JOIN led l ON l.customer_id = s.customer_id
