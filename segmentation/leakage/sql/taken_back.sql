-- Takes back the entries of policies that stand for the charges of a check.
INSERT INTO segmentation_waiverentry (
    number, charge_id, customer_id, account_id, fee_code, charged_on, tier_id, line_id, exemption, percent, amount, waived, currency,
    business_date, reverses_id, reason, proposal_id, correction_id, created_at
)
SELECT (SELECT coalesce(max(number), 0) FROM segmentation_waiverentry) + row_number() OVER (ORDER BY e.number),
       e.charge_id, e.customer_id, e.account_id, e.fee_code, e.charged_on, e.tier_id, e.line_id, e.exemption, e.percent, e.amount,
       -e.waived, e.currency, %(day)s, e.number, %(reason)s, %(proposal)s, l.waiver_check_id, now()
FROM segmentation_leak l
JOIN segmentation_waiverentry e ON e.charge_id = l.charge_id AND e.reverses_id IS NULL AND e.waived <> 0
     AND (e.line_id IS NOT NULL OR e.exemption <> '')
WHERE l.waiver_check_id = %(check)s AND NOT l.waits
  AND NOT EXISTS (SELECT FROM segmentation_waiverentry b WHERE b.reverses_id = e.number)
