-- The published line for a charge, in the columns of the draft's.
SELECT p.id, p.tier_code, p.fee_code, p.percent, p.cap_per_fee, p.cap_per_month, p.currency FROM ({line}) AS p
