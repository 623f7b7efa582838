-- The policy version that holds on the charge's own date.
SELECT w.id FROM segmentation_waiverpolicy w WHERE w.effective_from <= k.charged_on AND w.id <= %(newest_policy)s
ORDER BY w.effective_from DESC LIMIT 1
