-- What these managers carry, and with the moves that were suggested to them and from them.
SELECT held.manager, held.customers, held.load, held.load + coalesce(come.load, 0) - coalesce(go.load, 0) AS planned
FROM (
    SELECT k.manager, count(m.customer_id) AS customers, coalesce(sum(m.weight), 0)::integer AS load
    FROM unnest(%(managers)s::bigint[]) AS k (manager)
    LEFT JOIN customers_customer c ON c.manager_id = k.manager AND c.merged_into_id IS NULL
    LEFT JOIN managers_managedcustomer m ON m.customer_id = c.id
    GROUP BY k.manager
) held
LEFT JOIN (
    SELECT taker_id, sum(weight)::integer AS load FROM managers_movesuggestion WHERE state = 'open' GROUP BY taker_id
) come ON come.taker_id = held.manager
LEFT JOIN (
    SELECT giver_id, sum(weight)::integer AS load FROM managers_movesuggestion WHERE state = 'open' GROUP BY giver_id
) go ON go.giver_id = held.manager
