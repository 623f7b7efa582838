-- A line for each value by which the tickets in reach are told apart, and one of all of them: what figures.py counts, in one pass.
WITH seen AS MATERIALIZED (
    SELECT * FROM ({tickets}) AS t (id, line, opened_at, ended_at)
), late AS (
    SELECT DISTINCT ticket_id
    FROM service_ticketclock
    WHERE due_at >= %(since)s AND due_at < %(until)s AND (ended_at > due_at OR ended_at IS NULL AND NOT is_paused)
), answered AS (
    SELECT ticket_id, ended_at
    FROM service_ticketclock
    WHERE kind = 'first_response' AND ended_at >= %(since)s AND ended_at < %(until)s
), returned AS (
    SELECT DISTINCT ticket_id
    FROM service_ticketstep
    WHERE act = 'reopened' AND at >= %(since)s AND at < %(until)s
), met AS (
    SELECT s.line, s.ended_at - s.opened_at AS took,
           s.opened_at >= %(since)s AS is_opened,
           s.ended_at IS NULL OR s.ended_at >= %(until)s AS is_backlog,
           s.ended_at >= %(since)s AND s.ended_at < %(until)s AS is_solved,
           l.ticket_id IS NOT NULL AS is_breached, a.ticket_id IS NOT NULL AS is_first, r.ticket_id IS NOT NULL AS is_reopened
    FROM seen s
    LEFT JOIN late l ON l.ticket_id = s.id
    LEFT JOIN answered a ON a.ticket_id = s.id AND a.ended_at = s.ended_at
    LEFT JOIN returned r ON r.ticket_id = s.id
)
SELECT line, grouping(line) = 1 AS is_total,
       count(*) FILTER (WHERE is_opened) AS opened, count(*) FILTER (WHERE is_backlog) AS backlog,
       count(*) FILTER (WHERE is_breached) AS breached, count(*) FILTER (WHERE is_solved) AS solved,
       count(*) FILTER (WHERE is_first) AS first_contact, count(*) FILTER (WHERE is_reopened) AS reopened,
       percentile_disc(0.5) WITHIN GROUP (ORDER BY took) FILTER (WHERE is_solved) AS p50,
       percentile_disc(0.9) WITHIN GROUP (ORDER BY took) FILTER (WHERE is_solved) AS p90
FROM met
GROUP BY GROUPING SETS ((line), ())
