-- A handover for each customer with whom another manager began on the day, from who had them last; on the same day one more
-- time to somebody else, it is theirs. Whom to tell that they gave somebody away.
INSERT INTO managers_handover AS h (
    customer_id, giver_id, receiver_id, handed_on, watched_until, reason, balance, currency, opportunities, made_by_id, made_at
)
SELECT now.customer_id, last.manager_id, now.manager_id, %(day)s, %(day)s::date + %(watched)s, now.reason,
       f.balance, coalesce(f.currency, ''), '{}', now.made_by_id, %(at)s
FROM managers_assignment now
CROSS JOIN LATERAL (
    SELECT a.manager_id, a.until FROM managers_assignment a
    WHERE a.customer_id = now.customer_id AND a.role = 'primary' AND a.until <= now.since ORDER BY a.until DESC LIMIT 1
) last
LEFT JOIN segmentation_currentfacts f ON f.customer_id = now.customer_id
WHERE (%(customers)s::bigint[] IS NULL OR now.customer_id = ANY(%(customers)s::bigint[]))
  AND now.role = 'primary' AND now.until IS NULL AND now.since = %(day)s
  AND last.manager_id <> now.manager_id AND last.until > %(day)s::date - %(gap)s
ORDER BY now.customer_id
ON CONFLICT (customer_id, handed_on) DO UPDATE
SET receiver_id = excluded.receiver_id, reason = excluded.reason, made_by_id = excluded.made_by_id, made_at = excluded.made_at
WHERE h.receiver_id <> excluded.receiver_id
RETURNING giver_id AS giver, coalesce(made_by_id = giver_id, false) AS knows
