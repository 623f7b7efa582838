-- What counts towards each target, customer by customer and sale by sale: won opportunities of whom the target is of, or of whom they
-- handed the customer to lately, each once, what came in
-- less what went out of the books they held at each month end, and customers whose first account was opened in the period.
WITH asked AS (
    SELECT t.id, t.kind, t.product_id, t.currency, t.since, t.until, u.id AS manager_id
    FROM managers_target t JOIN identity_user u ON u.role = 'manager' AND (
        u.id = t.manager_id
        OR EXISTS (SELECT FROM identity_team_members m WHERE m.team_id = t.team_id AND m.user_id = u.id)
        OR EXISTS (SELECT FROM identity_branch b, identity_branch top
                   WHERE b.id = u.branch_id AND top.id = t.branch_id AND starts_with(b.path, top.path)))
    WHERE t.id = ANY(%(targets)s)
)
SELECT DISTINCT a.id AS target_id, o.customer_id, o.id AS opportunity_id,
       CASE a.kind WHEN 'won_count' THEN 1 ELSE o.amount END AS amount
FROM asked a JOIN managers_opportunity o ON o.stage = 'won' AND (o.owner_id = a.manager_id OR EXISTS (
        SELECT FROM managers_handover h
        WHERE h.customer_id = o.customer_id AND h.giver_id = a.manager_id AND h.receiver_id = o.owner_id
          AND (o.closed_at AT TIME ZONE %(zone)s)::date >= h.handed_on
          AND (o.closed_at AT TIME ZONE %(zone)s)::date < h.watched_until))
    AND (o.closed_at AT TIME ZONE %(zone)s)::date >= a.since AND (o.closed_at AT TIME ZONE %(zone)s)::date < a.until
    AND (a.product_id IS NULL OR o.product_id = a.product_id)
WHERE a.kind = 'won_count' OR (a.kind = 'won_amount' AND o.currency = a.currency)
UNION ALL
SELECT a.id, f.customer_id, NULL, sum(coalesce(f.credits_month, 0) - coalesce(f.debits_month, 0))
FROM asked a
JOIN segmentation_closedmonth m ON m.month >= a.since AND (m.month + interval '1 month')::date <= a.until
JOIN managers_assignment h ON h.manager_id = a.manager_id AND h.role = 'primary'
    AND h.since < (m.month + interval '1 month')::date AND (h.until IS NULL OR h.until >= (m.month + interval '1 month')::date)
JOIN segmentation_factsmonth f ON f.business_date = (m.month + interval '1 month - 1 day')::date
    AND f.customer_id = h.customer_id AND f.currency = a.currency
WHERE a.kind = 'net_new_money'
GROUP BY a.id, f.customer_id
UNION ALL
SELECT a.id, f.customer_id, NULL, 1
FROM asked a JOIN segmentation_currentfacts f ON f.first_opened_on >= a.since AND f.first_opened_on < a.until
JOIN LATERAL (
    SELECT h.manager_id FROM managers_assignment h
    WHERE h.customer_id = f.customer_id AND h.role = 'primary' AND (h.until IS NULL OR h.until > f.first_opened_on)
    ORDER BY h.since LIMIT 1
) first ON first.manager_id = a.manager_id
WHERE a.kind = 'new_customers'
