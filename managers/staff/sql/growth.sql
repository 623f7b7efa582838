-- What the book of the end holds more than at the end of the year before: month averages at month ends, in the bank's currency.
-- The same customers on both days, so that a move of customers is no growth; one who is new brings all of theirs.
WITH months AS (
    SELECT (month + interval '1 month - 1 day')::date AS day FROM segmentation_closedmonth WHERE month < %(until)s
),
bounds AS (
    SELECT coalesce(max(day) FILTER (WHERE day < %(since)s), min(day)) AS first, max(day) AS last FROM months
),
held AS MATERIALIZED (
    SELECT a.manager_id, a.customer_id, b.first, b.last
    FROM bounds b JOIN managers_assignment a
      ON a.role = 'primary' AND a.manager_id = ANY(%(managers)s) AND a.since <= b.last AND (a.until IS NULL OR a.until > b.last)
    WHERE b.last >= %(since)s
)
SELECT h.manager_id, h.customer_id,
       coalesce(l.aum_month_average, 0) - coalesce(f.aum_month_average, 0) AS part, coalesce(f.aum_month_average, 0) AS whole
FROM held h
JOIN segmentation_factsmonth l ON l.business_date = h.last AND l.customer_id = h.customer_id AND l.currency = %(currency)s
LEFT JOIN segmentation_factsmonth f ON f.business_date = h.first AND f.customer_id = h.customer_id AND f.currency = %(currency)s
