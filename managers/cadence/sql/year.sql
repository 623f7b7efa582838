-- Days of these on which the plan asked the managers for something with a customer, once for each thing asked, and on how many of
-- them it was not overdue: under the plan, the tier and the book of that day, whatever is so today.
WITH lines AS MATERIALIZED (
    SELECT l.*, daterange(l.since, l.until) AS span
    FROM unnest(%(sinces)s::date[], %(untils)s::date[], %(doubleds)s::integer[], %(tiers)s::text[], %(whats)s::text[],
                %(everys)s::integer[], %(units)s::text[]) AS l(since, until, doubled, tier, what, every, unit)
),
held AS MATERIALIZED (
    SELECT a.manager_id, a.customer_id, l.what, l.every, l.unit, greatest(p.since, a.since) AS begun,
           daterange(%(since)s, %(until)s) * daterange(a.since, a.until) * daterange(p.since, p.until) * l.span
               * daterange(NULL, CASE WHEN c.status <> ALL (%(statuses)s) THEN c.status_since END) AS span,
           (SELECT coalesce(range_agg(daterange(h.handed_on, h.handed_on + l.doubled)), '{{}}')
            FROM managers_handover h WHERE h.customer_id = a.customer_id) AS doubled
    FROM managers_assignment a
    JOIN customers_customer c ON c.id = a.customer_id AND c.merged_into_id IS NULL
    JOIN segmentation_tierperiod p ON p.customer_id = a.customer_id
    JOIN segmentation_tier t ON t.id = p.tier_id
    JOIN lines l ON l.tier = t.code AND (l.what <> 'site' OR c.kind = %(company)s)
    WHERE a.role = 'primary' AND a.manager_id = ANY (%(managers)s) AND a.since < %(until)s AND (a.until IS NULL OR a.until > %(since)s)
),
spoken AS MATERIALIZED (
    SELECT DISTINCT w.customer_id, w.what, (i.at AT TIME ZONE %(zone)s)::date AS on_day
    FROM (SELECT DISTINCT customer_id, what FROM held) w JOIN customers_interaction i ON i.customer_id = w.customer_id AND {counts}
),
stretches AS (
    SELECT customer_id, what, on_day AS last_on,
           daterange(on_day, lead(on_day) OVER (PARTITION BY customer_id, what ORDER BY on_day)) AS span
    FROM spoken
    UNION ALL
    SELECT h.customer_id, h.what, NULL, daterange(NULL, min(s.on_day))
    FROM held h LEFT JOIN spoken s USING (customer_id, what) GROUP BY 1, 2
),
asked AS (
    SELECT h.manager_id, h.customer_id, h.begun, h.every, h.unit, s.last_on, d.is_doubled, d.span
    FROM held h JOIN stretches s USING (customer_id, what)
    CROSS JOIN LATERAL (
        SELECT true, unnest(datemultirange(h.span * s.span) * h.doubled)
        UNION ALL SELECT false, unnest(datemultirange(h.span * s.span) - h.doubled)
    ) d(is_doubled, span)
),
{falls}
SELECT manager_id, customer_id, greatest(least(upper(span), due_on + 1) - lower(span), 0) AS part, upper(span) - lower(span) AS whole
FROM fallen
