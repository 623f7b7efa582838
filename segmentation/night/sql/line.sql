-- The line of the charge's policy version, where it has one for the tier and the fee.
SELECT l.* FROM segmentation_waiverline l
WHERE l.tier_code = k.tier_code AND l.fee_code = k.fee_code AND l.policy_id = ({policy})
