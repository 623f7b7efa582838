-- Keeps what the draft would waive of each charge of the month, and of those of the day what the night itself would.
INSERT INTO segmentation_simulatedwaiver (
    simulation_id, customer_id, charge_id, fee_code, tier, amount, before, after, tonight, currency
)
SELECT %(simulation)s, k.customer_id, k.id, k.fee_code, coalesce(k.tier_code, ''), k.amount, k.before, coalesce(a.waived, 0),
       CASE WHEN k.assessed_on = %(day)s THEN coalesce(t.waived, 0) END, k.currency
FROM trial_charge k
LEFT JOIN ({after}) AS a ON a.charge_id = k.id
LEFT JOIN ({tonight}) AS t ON t.charge_id = k.id
ORDER BY k.customer_id, k.id
