-- The line of the policy version that holds on the charge's own date, where it has one for the tier and the fee.
SELECT l.* FROM segmentation_waiverline l
WHERE l.tier_code = k.tier_code AND l.fee_code = k.fee_code AND l.policy_id = (
    SELECT w.id FROM segmentation_waiverpolicy w WHERE w.effective_from <= k.charged_on AND w.id <= %(newest_policy)s
    ORDER BY w.effective_from DESC LIMIT 1
)
