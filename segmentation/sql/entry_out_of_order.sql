-- Finds the first ledger entry that breaks the count, names another charge's money, or reverses more than there was.
WITH counted AS (
    SELECT *, row_number() OVER (ORDER BY number) AS place FROM segmentation_waiverentry
),
reversed AS (
    SELECT reverses_id, sum(waived) AS back FROM segmentation_waiverentry WHERE reverses_id IS NOT NULL GROUP BY 1
)
SELECT e.number, e.place, ch.number AS charge
FROM counted e
JOIN customers_feecharge ch ON ch.id = e.charge_id
JOIN customers_account a ON a.id = ch.account_id
LEFT JOIN reversed r ON r.reverses_id = e.number
LEFT JOIN counted o ON o.number = e.reverses_id
WHERE e.number <> e.place OR e.account_id <> ch.account_id OR e.currency <> a.currency OR e.waived > e.amount
   OR coalesce(e.waived + r.back, 0) < 0 OR o.charge_id <> e.charge_id
ORDER BY e.number
LIMIT 1
