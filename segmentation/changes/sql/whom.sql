-- To whom a rule is put: those who have or may get a tier, of its kind, tiers and condition.
SELECT c.id FROM customers_customer c
LEFT JOIN segmentation_facts f ON f.slot = %(slot)s AND f.customer_id = c.id {joins}
WHERE c.merged_into_id IS NULL AND c.status = ANY(%(statuses)s) AND (%(whom_kind)s = '' OR c.kind = %(whom_kind)s)
  AND (%(tiers)s::text[] = ARRAY[]::text[] OR EXISTS (
      SELECT FROM segmentation_tierperiod s JOIN segmentation_tier t ON t.id = s.tier_id
      WHERE s.customer_id = c.id AND s.until IS NULL AND t.code = ANY(%(tiers)s::text[])))
  AND {rule}
