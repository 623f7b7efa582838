-- Per kind, branch and tier on the month's last day: the customers in reach of whom the year is told, and the sums of its lines.
SELECT c.kind, c.branch_id AS branch, p.tier_id AS tier, v.currency, count(*)::integer AS customers,
       (count(*) FILTER (WHERE v.value IS NULL))::integer AS unknown,
       coalesce(sum(v.deposits + v.loans), 0) AS margin, coalesce(sum(v.fees - v.waivers), 0) AS fees,
       coalesce(sum(v.activities + v.losses), 0) AS costs, coalesce(sum(v.value), 0) AS value
FROM segmentation_valueyear v
JOIN customers_customer c ON c.id = v.customer_id
LEFT JOIN segmentation_tierperiod p ON p.customer_id = c.id AND p.since <= %(day)s AND (p.until IS NULL OR p.until > %(day)s)
WHERE v.month = %(month)s
  AND (%(everything)s OR c.manager_id = ANY(%(owners)s::bigint[]) OR c.branch_id = ANY(%(branches)s::bigint[]) OR c.id = ANY(%(customers)s::bigint[]))
GROUP BY c.kind, c.branch_id, p.tier_id, v.currency
