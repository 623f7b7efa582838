-- Which gold cards are in another state tomorrow, from which day, and whether one is issued.
CREATE TEMP TABLE night_cards ON COMMIT DROP AS
WITH due AS MATERIALIZED (
    SELECT o.customer_id FROM ({origins}) o GROUP BY o.customer_id HAVING bool_and(o.origin <> 'withdrawal')
),
stood AS MATERIALIZED (
    SELECT id, customer_id, state, cause, since FROM segmentation_goldcard WHERE until IS NULL
),
seized AS MATERIALIZED (
    SELECT customer_id FROM customers_flag
    WHERE kind = 'court_freeze' AND since <= %(day)s + 1 AND (until IS NULL OR until > %(day)s + 1)
),
ruled AS (
    SELECT coalesce(d.customer_id, s.customer_id) AS customer_id, s.id AS card_id, s.state AS was, s.cause AS why, s.since,
           d.customer_id IS NOT NULL AND (s.id IS NULL OR s.state = 'withdrawn') AS is_issued,
           CASE WHEN d.customer_id IS NULL THEN 'ended'
                WHEN s.state = 'suspended' AND s.cause = 'loss' THEN 'loss'
                WHEN c.status = 'frozen' OR c.id IN (SELECT customer_id FROM seized) THEN 'frozen'
                WHEN p.months_below >= %(watch_months)s THEN 'watch' ELSE 'entitled' END AS cause
    FROM due d
    FULL JOIN stood s ON s.customer_id = d.customer_id
    LEFT JOIN customers_customer c ON c.id = d.customer_id AND %(on_frozen)s
    LEFT JOIN segmentation_tierperiod p ON p.customer_id = d.customer_id AND p.until IS NULL AND %(watch_months)s IS NOT NULL
)
SELECT customer_id, card_id, cause, is_issued,
       CASE cause WHEN 'ended' THEN 'withdrawn' WHEN 'entitled' THEN 'valid' ELSE 'suspended' END AS state,
       greatest(%(day)s + 1, since) AS starts,
       CASE WHEN is_issued AND since < %(day)s THEN %(day)s ELSE greatest(%(day)s + 1, since) END AS ends,
       is_issued AND (since IS NULL OR since < %(day)s) AS has_day
FROM ruled
WHERE cause <> coalesce(why, '') AND NOT (cause = 'ended' AND coalesce(was, 'withdrawn') = 'withdrawn')
