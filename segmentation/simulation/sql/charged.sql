-- The charges of the month that nights have taken; who would move is charged in the draft's tier, all others in their own.
CREATE TEMP TABLE trial_charge ON COMMIT DROP AS
SELECT k.id, k.number, k.charged_on, k.amount, k.account_id, k.customer_id, k.currency, k.fee_code, k.tier_id,
       0::numeric AS waived, k.waived AS before, k.assessed_on, k.tier_code AS own_code,
       CASE WHEN t.published <> t.draft THEN t.draft ELSE k.tier_code END AS tier_code
FROM ({charges}) AS k LEFT JOIN trial_tier t ON t.customer_id = k.customer_id
