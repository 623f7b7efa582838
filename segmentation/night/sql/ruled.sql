-- The overrides of one kind of customer that hold on the day after the night: ranks and ids of grant, hold and cap.
SELECT customer_id, granted, held, capped, ids, ARRAY[granted, held, capped]::smallint[] AS bounds
FROM (
    SELECT o.customer_id, max(r.rank) FILTER (WHERE o.kind = 'grant') AS granted,
           max(r.rank) FILTER (WHERE o.kind = 'hold') AS held, max(r.rank) FILTER (WHERE o.kind = 'cap') AS capped,
           ARRAY[max(o.id) FILTER (WHERE o.kind = 'grant'), max(o.id) FILTER (WHERE o.kind = 'hold'),
                 max(o.id) FILTER (WHERE o.kind = 'cap')] AS ids
    FROM segmentation_tieroverride o JOIN ladder r ON r.tier_id = o.tier_id
    WHERE o.id <= %(newest_override)s AND o.customer_id >= %(low)s AND o.customer_id < %(high)s
      AND o.since <= %(day)s + 1
      AND CASE WHEN o.ended_at <= %(overrides_at)s THEN o.ended_on ELSE o.until END > %(day)s + 1
    GROUP BY o.customer_id
) AS found
