-- The managed customers of a group, with who has them, since when, or who had them last. Who came to their
-- manager by a night or a suggestion of late, is suggested to move or was refused to, stays.
SELECT m.customer_id AS key, m.branch_id AS branch, m.team_id AS team, m.weight, coalesce(t.code, '') AS tier,
       lower(left(c.language, 2)) AS language, u.id AS manager, last.manager_id AS last, last.since,
       h.household_id AS household,
       s.customer_id IS NOT NULL OR coalesce(last.reason = %(given)s AND last.made_at > %(settled)s, false) AS stays
FROM managers_managedcustomer m
JOIN customers_customer c ON c.id = m.customer_id
LEFT JOIN identity_user u ON u.id = c.manager_id AND u.is_active AND u.role = 'manager'
LEFT JOIN segmentation_tierperiod p ON p.customer_id = c.id AND p.until IS NULL
LEFT JOIN segmentation_tier t ON t.id = p.tier_id
LEFT JOIN customers_householdmember h ON h.customer_id = c.id AND h.until IS NULL
LEFT JOIN LATERAL (
    SELECT a.manager_id, a.since, a.reason, a.made_at FROM managers_assignment a
    WHERE a.customer_id = c.id AND a.role = 'primary' ORDER BY a.since DESC LIMIT 1
) last ON true
LEFT JOIN (
    SELECT DISTINCT customer_id FROM managers_movesuggestion
    WHERE state = 'open' OR state IN ('approved', 'refused') AND decided_at > %(settled)s
) s ON s.customer_id = c.id
WHERE (m.branch_id = ANY(%(branches)s) OR m.team_id = ANY(%(teams)s) OR %(homeless)s AND m.branch_id IS NULL AND m.team_id IS NULL)
  AND c.merged_into_id IS NULL AND c.erased_on IS NULL
ORDER BY m.customer_id
