-- Writes the fee of everybody who keeps a tier below its level: once for each review.
INSERT INTO segmentation_feedue (run_id, customer_id, business_date, tier_id, scheme_version_id, fee_code, amount, currency)
SELECT d.run_id, d.customer_id, d.business_date, d.tier_after_id, d.scheme_version_id, b.fee, b.amount, b.currency
FROM segmentation_tierdecision d
JOIN unnest(%(fee_versions)s::bigint[], %(fee_tiers)s::bigint[], %(fee_codes)s::text[], %(fee_amounts)s::numeric[],
            %(fee_currencies)s::text[]) AS b (version_id, tier_id, fee, amount, currency)
  ON b.version_id = d.scheme_version_id AND b.tier_id = d.tier_after_id
WHERE d.run_id = %(run)s AND d.business_date = %(day)s AND d.outcome = 'charged'
ORDER BY d.customer_id
