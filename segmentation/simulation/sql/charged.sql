-- The charges of the month that nights have taken; who would move is charged in the draft's tier, all others in their own.
-- What people waived by hand is no policy's: it stands before the draft's share and after it.
CREATE TEMP TABLE trial_charge ON COMMIT DROP AS
SELECT k.id, k.number, k.charged_on, k.amount, k.account_id, k.customer_id, k.currency, k.fee_code, k.tier_id,
       coalesce(h.waived, 0) AS waived, k.waived - coalesce(h.waived, 0) AS before, k.assessed_on, k.exemption,
       k.tier_code AS own_code,
       CASE WHEN t.published <> t.draft THEN t.draft ELSE k.tier_code END AS tier_code
FROM ({charges}) AS k
LEFT JOIN trial_tier t ON t.customer_id = k.customer_id
LEFT JOIN (SELECT charge_id, sum(waived) AS waived FROM segmentation_waiverentry
           WHERE line_id IS NULL AND exemption = '' GROUP BY charge_id) h ON h.charge_id = k.id
