-- A task for each that is asked for and has none; and whom to tell of how many: the manager of the customer, or where there is
-- none at work the heads of the branch, or of the nearest one above that has some.
WITH asked AS ({asked}),
made AS (
    INSERT INTO managers_task (customer_id, kind, about, figures, due_on, opened_at, version)
    SELECT coalesce(u.merged_into_id, u.id), %(kind)s, a.about, a.figures, a.due_on, %(as_of)s, 1
    FROM asked a JOIN customers_customer u ON u.id = a.customer_id
    WHERE NOT EXISTS (SELECT FROM managers_task t WHERE t.kind = %(kind)s AND t.about = a.about)
    ORDER BY a.due_on, u.id, a.about
    ON CONFLICT DO NOTHING
    RETURNING customer_id
),
looked_after AS (
    SELECT u.id AS manager, c.branch_id FROM made m JOIN customers_customer c ON c.id = m.customer_id
    LEFT JOIN identity_user u ON u.id = c.manager_id AND u.is_active
)
SELECT manager AS told, count(*) AS tasks FROM looked_after WHERE manager IS NOT NULL GROUP BY manager
UNION ALL
SELECT h.id, count(*) FROM looked_after l
JOIN identity_branch b ON b.id = l.branch_id
CROSS JOIN LATERAL (
    SELECT u.id FROM identity_user u JOIN identity_branch above ON above.id = u.branch_id
    WHERE u.role = 'head' AND u.is_active AND starts_with(b.path, above.path)
    ORDER BY length(above.path) DESC FETCH FIRST 1 ROW WITH TIES
) h
WHERE l.manager IS NULL GROUP BY h.id
