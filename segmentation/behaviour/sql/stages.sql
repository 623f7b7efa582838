-- The stage of life that age, salary, household and mortgage speak for.
CREATE TEMP TABLE behaviour_stage ON COMMIT DROP AS
WITH aged AS (
    SELECT c.id AS customer_id, extract(year FROM age(%(last)s::date, c.birth_date)) AS years,
           y.salary_months > 0 AS earns, f.mortgage_balance > 0 OR EXISTS (
               SELECT FROM customers_householdmember m
               JOIN customers_householdmember o ON o.household_id = m.household_id AND o.customer_id <> m.customer_id
                    AND o.since <= %(last)s AND (o.until IS NULL OR o.until > %(last)s)
               WHERE m.customer_id = c.id AND m.since <= %(last)s AND (m.until IS NULL OR m.until > %(last)s)
           ) AS has_family
    FROM customers_customer c
    LEFT JOIN behaviour_year y ON y.customer_id = c.id
    LEFT JOIN segmentation_factsmonth f ON f.business_date = %(last)s AND f.customer_id = c.id
    WHERE c.id >= %(low)s AND c.id < %(high)s AND c.kind = 'person' AND c.birth_date IS NOT NULL
)
SELECT customer_id, CASE WHEN years < 25 AND earns IS NOT TRUE THEN 'student' WHEN years >= 70 THEN 'retired'
                         WHEN years >= 60 AND earns IS NOT TRUE THEN 'retired' WHEN years < 50 AND has_family THEN 'family'
                         WHEN years < 35 THEN 'starting' ELSE 'peak' END AS life_stage
FROM aged
