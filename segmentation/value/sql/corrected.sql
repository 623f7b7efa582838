-- Writes the corrected months over those that were published.
WITH cleared AS (
    DELETE FROM segmentation_valuemonth v USING segmentation_stagedvalue s
    WHERE s.run_id = %(run)s AND s.is_gone AND v.month = s.month AND v.customer_id = s.customer_id
)
INSERT INTO segmentation_valuemonth (
    month, customer_id, currency, deposits, loans, fees, waivers, commissions, activities, losses
)
SELECT s.month, s.customer_id, s.currency, s.deposits, s.loans, s.fees, s.waivers, s.commissions, s.activities, s.losses
FROM segmentation_stagedvalue s WHERE s.run_id = %(run)s AND NOT s.is_gone
ON CONFLICT (month, customer_id) DO UPDATE
SET currency = excluded.currency, deposits = excluded.deposits, loans = excluded.loans, fees = excluded.fees,
    waivers = excluded.waivers, commissions = excluded.commissions, activities = excluded.activities, losses = excluded.losses
