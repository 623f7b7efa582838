-- Those that the night of the day took, in the tier of their own date, as it takes them.
CREATE TEMP TABLE trial_tonight ON COMMIT DROP AS
SELECT k.id, k.number, k.charged_on, k.amount, k.account_id, k.customer_id, k.currency, k.fee_code, k.tier_id, k.waived,
       k.own_code AS tier_code, ''::text AS exemption
FROM trial_charge k WHERE k.assessed_on = %(day)s
