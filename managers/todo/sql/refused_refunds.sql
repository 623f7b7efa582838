-- A task for each entry that the core refused and that has none, and whom to tell of how many.
WITH made AS (
    INSERT INTO managers_task (customer_id, kind, about, figures, due_on, opened_at)
    SELECT e.customer_id, 'refused_refund', e.number::text,
           jsonb_build_object('amount', e.waived::text, 'currency', e.currency, 'fee', f.name,
                              'charged_on', c.charged_on, 'account', a.number, 'reason', p.reason),
           %(due_on)s, %(as_of)s
    FROM segmentation_posting p
    JOIN segmentation_waiverentry e ON e.number = p.entry_id
    JOIN customers_feecharge c ON c.id = e.charge_id
    JOIN customers_feetype f ON f.id = c.fee_id
    JOIN customers_account a ON a.id = e.account_id
    WHERE p.state = 'refused'
      AND NOT EXISTS (SELECT FROM managers_task t WHERE t.kind = 'refused_refund' AND t.about = p.entry_id::text)
    ORDER BY e.number
    ON CONFLICT DO NOTHING
    RETURNING customer_id
)
SELECT c.manager_id AS manager, count(*) AS tasks
FROM made m JOIN customers_customer c ON c.id = m.customer_id
WHERE c.manager_id IS NOT NULL
GROUP BY c.manager_id
