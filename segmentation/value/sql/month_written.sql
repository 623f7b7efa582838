-- Writes the month that the night closes.
INSERT INTO segmentation_valuemonth (
    month, customer_id, currency, deposits, loans, fees, waivers, commissions, activities, losses
)
SELECT %(since)s, v.customer_id, v.currency, v.deposits, v.loans, v.fees, v.waivers, v.commissions, v.activities, v.losses
FROM ({valued}) AS v ORDER BY v.customer_id
