-- How long the numbers of a day waited until they were first called, by tier and of all, and who waits now; minutes.
SELECT t.name AS tier, t.code, grouping(t.id) = 1 AS is_total, count(*) AS numbers, count(n.called_at) AS called,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM n.called_at - n.taken_at) / 60)
           FILTER (WHERE n.called_at IS NOT NULL) AS p50,
       percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM n.called_at - n.taken_at) / 60)
           FILTER (WHERE n.called_at IS NOT NULL) AS p90,
       max(extract(epoch FROM n.called_at - n.taken_at) / 60) AS longest,
       count(*) FILTER (WHERE n.state IN ('waiting', 'transferred')) AS waiting,
       max(extract(epoch FROM %(now)s - n.taken_at) / 60) FILTER (WHERE n.state IN ('waiting', 'transferred')) AS longest_now,
       count(*) FILTER (WHERE n.state = 'no_show') AS no_shows
FROM service_queuenumber n
LEFT JOIN segmentation_tier t ON t.id = n.tier_id
WHERE n.queue_id = ANY(%(queues)s::bigint[]) AND n.day = %(day)s
GROUP BY GROUPING SETS ((t.id, t.name, t.code, t.rank), ())
ORDER BY is_total, t.rank DESC NULLS LAST, t.name
