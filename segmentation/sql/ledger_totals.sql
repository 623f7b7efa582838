-- Sums the ledger and the charges that a night has taken, per currency.
WITH written AS (
    SELECT currency, count(*) AS entries, sum(waived) AS waived FROM segmentation_waiverentry GROUP BY currency
),
charged AS (
    SELECT a.currency, sum(ch.amount) AS gross, sum(ch.amount - ch.waived) AS net
    FROM customers_feecharge ch JOIN customers_account a ON a.id = ch.account_id
    WHERE ch.assessed_on IS NOT NULL OR ch.waived <> 0
    GROUP BY a.currency
)
SELECT currency, coalesce(c.gross, 0) AS gross, coalesce(w.waived, 0) AS waived, coalesce(c.net, 0) AS net,
       coalesce(w.entries, 0) AS entries
FROM charged c FULL JOIN written w USING (currency)
ORDER BY currency
