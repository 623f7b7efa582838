-- On which business day something falls that is asked so often, counted from the last time or from the day since which it is asked.
calendar AS MATERIALIZED (SELECT %(business_days)s::date[] AS days),
counted AS (
    SELECT a.*, k.days, greatest(coalesce(a.last_on, a.begun), k.days[1]) AS since FROM asked a CROSS JOIN calendar k
),
ended AS (
    SELECT c.*, CASE c.unit
        WHEN 'days' THEN c.since + c.every
        WHEN 'months' THEN (c.since + make_interval(months => c.every))::date
        ELSE c.days[width_bucket(c.since, c.days) + c.every] END AS ends
    FROM counted c
),
halved AS (
    SELECT e.*, CASE WHEN e.is_doubled THEN e.since + (e.ends - e.since + 1) / 2 ELSE e.ends END AS falls_on FROM ended e
),
fallen AS (SELECT h.*, days[width_bucket(falls_on - 1, days) + 1] AS due_on FROM halved h)
