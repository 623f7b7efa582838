-- By which channel the contacts of the year came about, those that reached nobody left out; the newest decides between equals.
CREATE TEMP TABLE behaviour_contact ON COMMIT DROP AS
WITH counted AS (
    SELECT customer_id, channel, count(*) AS n, max(at) AS newest
    FROM customers_interaction
    WHERE customer_id >= %(low)s AND customer_id < %(high)s AND at >= %(opens)s AND at < %(shuts)s
      AND outcome <> 'not_reached'
    GROUP BY customer_id, channel
)
SELECT customer_id, (array_agg(channel ORDER BY n DESC, newest DESC, channel))[1] AS main_channel,
       round(100 * coalesce(sum(n) FILTER (WHERE channel = ANY(%(digital)s)), 0) / sum(n), 2) AS digital_share
FROM counted GROUP BY customer_id
