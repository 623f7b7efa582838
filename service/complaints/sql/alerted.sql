-- Unanswered complaints whose last day is near or over and of which that was not said yet, said now; and whom each concerns.
WITH due AS MATERIALIZED (
    SELECT c.id AS complaint_id, v.level, c.due_on
    FROM service_complaint c
    CROSS JOIN LATERAL (VALUES ('warned', c.due_on - %(ahead)s), ('breached', c.due_on + 1)) AS v (level, from_on)
    WHERE c.answered_on IS NULL AND c.due_on <= %(today)s::date + %(ahead)s AND v.from_on <= %(today)s
), said AS (
    INSERT INTO service_legalalert (complaint_id, level, due_on, said_at)
    SELECT n.*, %(at)s
    FROM (SELECT * FROM due EXCEPT SELECT d.* FROM due d JOIN service_legalalert a USING (complaint_id, level, due_on)) n
    RETURNING complaint_id, level, due_on
)
SELECT s.complaint_id, s.level, s.due_on, t.number, t.assignee_id, t.about_id, c.manager_id,
       coalesce(c.branch_id, o.branch_id) AS branch_id
FROM said s
JOIN service_complaint l ON l.id = s.complaint_id
JOIN service_ticket t ON t.id = l.ticket_id
LEFT JOIN customers_customer c ON c.id = t.customer_id
LEFT JOIN identity_user o ON o.id = t.opened_by_id AND t.customer_id IS NULL
ORDER BY s.due_on, s.complaint_id
