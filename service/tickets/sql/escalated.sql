-- Running clocks that came close to their time or over it and of which that was not said yet, said now; by whom it concerns.
WITH due AS MATERIALIZED (
    SELECT c.ticket_id, c.kind, c.began_at, v.level, c.due_at
    FROM service_ticketclock c
    CROSS JOIN LATERAL (VALUES ('warned', c.warn_at), ('breached', c.due_at)) AS v (level, at)
    WHERE c.ended_at IS NULL AND NOT c.is_paused AND c.warn_at <= %(at)s AND v.at <= %(at)s
), said AS (
    INSERT INTO service_clockalert (ticket_id, kind, began_at, level, due_at, said_at)
    SELECT n.*, %(at)s
    FROM (
        SELECT * FROM due
        EXCEPT  -- hashed, whatever the planner knows of the alerts: none were there when it was planned, or all are
        SELECT d.* FROM due d JOIN service_clockalert a USING (ticket_id, kind, began_at, level)
    ) n
    RETURNING ticket_id, level
)
SELECT s.level, t.assignee_id, c.manager_id, coalesce(c.branch_id, o.branch_id) AS branch_id, t.about_id, count(*)::integer AS clocks
FROM said s
JOIN service_ticket t ON t.id = s.ticket_id
LEFT JOIN customers_customer c ON c.id = t.customer_id
LEFT JOIN identity_user o ON o.id = t.opened_by_id AND t.customer_id IS NULL
GROUP BY s.level, t.assignee_id, c.manager_id, coalesce(c.branch_id, o.branch_id), t.about_id
