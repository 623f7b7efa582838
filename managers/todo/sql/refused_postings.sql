-- A task for each entry that the core refused and that has none, unless its reversal settled it; and whom to tell of how many:
-- the manager of the customer, or where there is none at work the heads of the branch.
WITH made AS (
    INSERT INTO managers_task (customer_id, kind, about, figures, due_on, opened_at, version)
    SELECT coalesce(u.merged_into_id, u.id), 'refused_posting', e.number::text,
           jsonb_build_object('amount', e.waived::text, 'currency', e.currency, 'fee', f.name,
                              'charged_on', c.charged_on, 'account', a.number, 'reason', p.reason),
           %(due_on)s, %(as_of)s, 1
    FROM segmentation_posting p
    JOIN segmentation_waiverentry e ON e.number = p.entry_id
    JOIN customers_feecharge c ON c.id = e.charge_id
    JOIN customers_feetype f ON f.id = c.fee_id
    JOIN customers_account a ON a.id = e.account_id
    JOIN customers_customer u ON u.id = e.customer_id
    WHERE p.state = 'refused'
      AND NOT EXISTS (SELECT FROM managers_task t WHERE t.kind = 'refused_posting' AND t.about = p.entry_id::text)
      AND NOT EXISTS (SELECT FROM segmentation_waiverentry b JOIN segmentation_posting s ON s.entry_id = b.number
                      WHERE b.reverses_id = e.number AND s.state = 'settled')
    ORDER BY e.number
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
JOIN identity_user h ON h.branch_id = l.branch_id AND h.role = 'head' AND h.is_active WHERE l.manager IS NULL GROUP BY h.id
