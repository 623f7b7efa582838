-- Conditions of grants at the days on which they count, while nothing replaced the grant: a month average at each whole month's
-- end; new money, the balance less that of the grant, at the first published day on or after the one by which it was to come.
WITH standing AS (
    SELECT k.id, k.kind, k.amount, k.due_on, r.customer_id, r.currency, r.baseline,
           least(r.valid_until, (n.decided_at AT TIME ZONE %(zone)s)::date - 1) AS last,
           (r.decided_at AT TIME ZONE %(zone)s)::date AS since
    FROM managers_condition k JOIN managers_resourcerequest r ON r.id = k.request_id AND r.state = 'granted'
    LEFT JOIN managers_resourcerequest n ON n.replaces_id = r.id AND n.state = 'granted'
),
found AS (
    SELECT s.id, f.business_date AS "on", coalesce(f.aum_month_average, 0) AS figure, s.amount
    FROM standing s
    JOIN segmentation_closedmonth m ON m.month > s.since AND (m.month + interval '1 month - 1 day')::date <= s.last
    JOIN segmentation_factsmonth f ON f.business_date = (m.month + interval '1 month - 1 day')::date
        AND f.customer_id = s.customer_id AND f.currency = s.currency
    WHERE s.kind = 'balance'
    UNION ALL
    SELECT s.id, s.due_on, coalesce(f.balance, 0) - s.baseline, s.amount
    FROM standing s
    JOIN segmentation_published p ON p.business_date >= s.due_on
    JOIN segmentation_currentfacts f ON f.customer_id = s.customer_id AND f.currency = s.currency
    WHERE s.kind = 'inflow' AND s.due_on <= s.last
)
INSERT INTO managers_conditioncheck (condition_id, "on", figure, is_kept, checked_at)
SELECT f.id, f."on", f.figure, f.figure >= f.amount, %(as_of)s
FROM found f
WHERE NOT EXISTS (SELECT FROM managers_conditioncheck c WHERE c.condition_id = f.id AND c."on" = f."on")
ORDER BY f."on", f.id
ON CONFLICT DO NOTHING
