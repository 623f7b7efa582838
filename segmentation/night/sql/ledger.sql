-- Writes what the partitions found to the ledger, numbered without gaps in order of date and charge number.
INSERT INTO segmentation_waiverentry (
    number, run_id, charge_id, customer_id, account_id, fee_code, charged_on, tier_id, line_id, percent, amount,
    waived, currency, exemption, business_date, reason, created_at
)
SELECT (SELECT coalesce(max(number), 0) FROM segmentation_waiverentry)
           + row_number() OVER (ORDER BY s.charged_on, length(ch.number), ch.number),
       s.run_id, s.charge_id, s.customer_id, s.account_id, s.fee_code, s.charged_on, s.tier_id, s.line_id, s.percent,
       s.amount, s.waived, s.currency, s.exemption, %(day)s, '', now()
FROM segmentation_stagedwaiver s
JOIN customers_feecharge ch ON ch.id = s.charge_id
WHERE s.run_id = %(run)s AND s.waived > 0
