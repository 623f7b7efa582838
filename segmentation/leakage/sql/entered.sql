-- Enters what is due of the charges of a check, in the order of the night.
INSERT INTO segmentation_waiverentry (
    number, charge_id, customer_id, account_id, fee_code, charged_on, tier_id, line_id, exemption, percent, amount, waived, currency,
    business_date, reason, proposal_id, correction_id, created_at
)
SELECT (SELECT coalesce(max(number), 0) FROM segmentation_waiverentry)
           + row_number() OVER (ORDER BY l.charged_on, length(ch.number), ch.number),
       l.charge_id, l.customer_id, ch.account_id, l.fee_code, l.charged_on, l.tier_id, l.line_id, l.exemption, l.percent, l.amount,
       l.due, l.currency, %(day)s, %(reason)s, %(proposal)s, l.waiver_check_id, now()
FROM segmentation_leak l
JOIN customers_feecharge ch ON ch.id = l.charge_id
WHERE l.waiver_check_id = %(check)s AND NOT l.waits AND l.due > 0
