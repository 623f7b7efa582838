-- Each manager's customers who would move, and the load of the whole book before and after, weighted by tier.
WITH weight AS (SELECT * FROM unnest(%(codes)s::text[], %(weights)s::integer[]) AS w (code, weight))
SELECT u.username, u.name, count(*) FILTER (WHERE t.published <> t.draft) AS movers,
       coalesce(sum(p.weight), 0) AS before, coalesce(sum(d.weight), 0) AS after
FROM segmentation_simulatedtier t
JOIN customers_customer c ON c.id = t.customer_id
JOIN identity_user u ON u.id = c.manager_id
LEFT JOIN weight p ON p.code = t.published
LEFT JOIN weight d ON d.code = t.draft
WHERE t.simulation_id = %(simulation)s
GROUP BY u.id, u.username, u.name
HAVING count(*) FILTER (WHERE t.published <> t.draft) > 0
ORDER BY abs(coalesce(sum(d.weight), 0) - coalesce(sum(p.weight), 0)) DESC, u.username
