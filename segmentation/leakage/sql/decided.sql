-- Whether people decided about the policy's share of a charge: they took it back, or corrected it under what they assumed.
SELECT coalesce(bool_or(
    d.reverses_id IS NOT NULL AND d.correction_id IS NULL AND (d.line_id IS NOT NULL OR d.exemption <> '')
    OR NOT %(assumes)s AND (c.policy_id IS NOT NULL OR c.tiers_on IS NOT NULL)
), false)
FROM segmentation_waiverentry d LEFT JOIN segmentation_waivercheck c ON c.id = d.correction_id
WHERE d.charge_id = {charge}
