-- Finds where the fifths of each kind of customer begin: a value's fifth follows from the share of customers with less.
INSERT INTO segmentation_quintiles (month, kind, recency, frequency, turnover)
WITH told AS MATERIALIZED (
    SELECT b.kind, v.measure, v.value, count(*) AS n
    FROM segmentation_behaviourmonth b
    CROSS JOIN LATERAL (
        VALUES ('recency', -b.recency_days::numeric), ('frequency', b.transactions_year), ('turnover', b.turnover_year)
    ) AS v (measure, value)
    WHERE b.month = %(closing)s AND v.value IS NOT NULL
    GROUP BY b.kind, v.measure, v.value
),
ranked AS (
    SELECT kind, measure, value, sum(n) OVER (PARTITION BY kind, measure) AS everybody,
           sum(n) OVER (PARTITION BY kind, measure ORDER BY value) - n AS below
    FROM told
),
begun AS (
    SELECT r.kind, r.measure, k AS fifth, min(r.value) AS value
    FROM ranked r JOIN generate_series(1, 4) AS k ON 5 * r.below >= k * r.everybody
    GROUP BY r.kind, r.measure, k
)
SELECT %(closing)s, c.kind,
       coalesce(array_agg(b.value::integer ORDER BY b.fifth) FILTER (WHERE b.measure = 'recency'), '{}'),
       coalesce(array_agg(b.value::integer ORDER BY b.fifth) FILTER (WHERE b.measure = 'frequency'), '{}'),
       coalesce(array_agg(b.value ORDER BY b.fifth) FILTER (WHERE b.measure = 'turnover'), '{}')
FROM (SELECT DISTINCT kind FROM told) AS c LEFT JOIN begun b ON b.kind = c.kind
GROUP BY c.kind
