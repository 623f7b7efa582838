-- Keeps the charges of which policies waived another share than is due, or for another customer.
INSERT INTO segmentation_leak (
    waiver_check_id, charge_id, customer_id, entered_for_id, fee_code, charged_on, tier_id, line_id, exemption, percent, amount,
    waived, due, currency, waits
)
SELECT %(check)s, k.id, k.customer_id, CASE WHEN k.before <> 0 THEN k.entered_for END, k.fee_code, k.charged_on, w.tier_id, w.line_id,
       w.exemption, w.percent, k.amount, k.before, w.waived, k.currency, k.waits
FROM right_charge k
JOIN ({waived}) AS w ON w.charge_id = k.id
WHERE w.waived <> k.before OR (k.before <> 0 AND k.entered_for <> k.customer_id)
ORDER BY k.customer_id, k.charged_on, k.id
