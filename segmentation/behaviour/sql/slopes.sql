-- The least-squares slope of the month averages, in money per month and in percent of their mean: known with every month.
CREATE TEMP TABLE behaviour_slope ON COMMIT DROP AS
WITH weighed AS (
    SELECT f.customer_id, f.aum_month_average AS average, w.third, w.sixth,
           CASE c.kind WHEN 'person' THEN %(person)s WHEN 'company' THEN %(company)s ELSE %(institution)s END AS wanted,
           f.currency
    FROM unnest(%(ends)s::date[], %(thirds)s::numeric[], %(sixths)s::numeric[]) AS w (day, third, sixth)
    JOIN segmentation_factsmonth f
      ON f.business_date = w.day AND f.customer_id >= %(low)s AND f.customer_id < %(high)s
    JOIN customers_customer c ON c.id = f.customer_id AND c.id >= %(low)s AND c.id < %(high)s
),
summed AS (
    SELECT customer_id, min(wanted) AS currency,
           CASE WHEN count(average) FILTER (WHERE third IS NOT NULL) = 3 THEN sum(average * third) / 2 END AS third,
           avg(average) FILTER (WHERE third IS NOT NULL) AS third_mean,
           CASE WHEN count(average) = 6 THEN sum(average * sixth) / 35 END AS sixth, avg(average) AS sixth_mean
    FROM weighed WHERE currency = wanted GROUP BY customer_id
)
SELECT customer_id, money_round(third, currency) AS slope_3_months, money_round(sixth, currency) AS slope_6_months,
       CASE WHEN third_mean > 0 THEN round(100 * third / third_mean, 2) END AS trend_3_months,
       CASE WHEN sixth_mean > 0 THEN round(100 * sixth / sixth_mean, 2) END AS trend_6_months
FROM summed
