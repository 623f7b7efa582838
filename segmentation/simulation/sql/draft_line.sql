-- The draft's line for a charge.
SELECT l.* FROM jsonb_to_recordset(%(lines)s::jsonb) AS l (
    id bigint, tier_code text, fee_code text, percent numeric, cap_per_fee numeric, cap_per_month numeric, currency text
)
WHERE l.tier_code = k.tier_code AND l.fee_code = k.fee_code
