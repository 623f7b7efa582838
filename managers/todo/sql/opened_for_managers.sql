-- A task for each that is asked for and has none; and whom to tell of how many: the manager, and the heads of their branch, or of the nearest one
-- above that has some.
WITH asked AS ({asked}),
made AS (
    INSERT INTO managers_task (manager_id, kind, about, figures, due_on, opened_at, version)
    SELECT a.manager_id, %(kind)s, a.about, a.figures, a.due_on, %(as_of)s, 1
    FROM asked a
    WHERE NOT EXISTS (SELECT FROM managers_task t WHERE t.kind = %(kind)s AND t.about = a.about)
    ORDER BY a.due_on, a.about
    ON CONFLICT DO NOTHING
    RETURNING manager_id
)
SELECT manager_id AS told, count(*) AS tasks FROM made GROUP BY manager_id
UNION ALL
SELECT h.id, count(*) FROM made m JOIN identity_user u ON u.id = m.manager_id
JOIN identity_branch b ON b.id = u.branch_id
CROSS JOIN LATERAL (
    SELECT w.id FROM identity_user w JOIN identity_branch above ON above.id = w.branch_id
    WHERE w.role = 'head' AND w.is_active AND starts_with(b.path, above.path)
    ORDER BY length(above.path) DESC FETCH FIRST 1 ROW WITH TIES
) h GROUP BY h.id
