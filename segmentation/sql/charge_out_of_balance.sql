-- Finds the first charge whose waived amount is not the sum of its ledger entries, or leaves its bounds.
WITH summed AS (
    SELECT charge_id, sum(waived) AS entries FROM segmentation_waiverentry GROUP BY charge_id
)
SELECT ch.number, ch.amount, ch.waived, coalesce(s.entries, 0) AS entries
FROM customers_feecharge ch
LEFT JOIN summed s ON s.charge_id = ch.id
WHERE ch.waived <> coalesce(s.entries, 0) OR ch.waived < 0 OR ch.waived > ch.amount
ORDER BY ch.id
LIMIT 1
