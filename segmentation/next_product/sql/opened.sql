-- Finds who opened an account of a product within ninety days after it was suggested: taken, by the newest suggestion before.
INSERT INTO segmentation_productanswer
    (suggestion_id, customer_id, product_id, answer, reason, note, channel, at, rests_until, account_id)
WITH told AS MATERIALIZED (
    SELECT m.month, r.business_date AS told_on FROM segmentation_closedmonth m JOIN jobs_run r ON r.id = m.run_id
    WHERE r.business_date >= %(day)s::date - 2 * %(days)s::integer
),
found AS (
    SELECT DISTINCT ON (s.customer_id, a.id) s.id, s.customer_id, s.product_id, a.id AS account_id, a.opened_on
    FROM told t
    JOIN segmentation_suggestion s ON s.month = t.month
    JOIN customers_accountholder h ON h.customer_id = s.customer_id AND h.role <> 'authorised'
    JOIN customers_account a ON a.id = h.account_id AND a.product_id = s.product_id
        AND a.opened_on > t.told_on AND a.opened_on <= least(t.told_on + %(days)s::integer, %(day)s::date)
    ORDER BY s.customer_id, a.id, s.month DESC
)
SELECT f.id, f.customer_id, f.product_id, 'taken', '', '', '', f.opened_on::timestamp AT TIME ZONE %(zone)s,
       f.opened_on + %(days)s::integer, f.account_id
FROM found f
WHERE NOT EXISTS (
    SELECT FROM segmentation_productanswer k WHERE k.customer_id = f.customer_id AND k.account_id = f.account_id)
ORDER BY f.customer_id, f.account_id
