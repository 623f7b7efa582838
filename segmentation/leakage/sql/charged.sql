-- The charges of a month that nights have taken; what people waived by hand is no policy's and stands before the share.
CREATE TEMP TABLE right_charge ON COMMIT DROP AS
SELECT k.id, k.number, k.charged_on, k.amount, k.account_id, k.customer_id, k.currency, k.fee_code, k.tier_id, k.tier_code,
       k.assessed_on, k.exemption, coalesce(h.by_hand, 0) AS waived, k.waived - coalesce(h.by_hand, 0) AS before,
       h.line_id AS entered_line, h.customer_id AS entered_for, coalesce(h.waits, false) AS waits
FROM ({charges}) AS k
LEFT JOIN LATERAL (
    SELECT sum(e.waived) FILTER (WHERE e.line_id IS NULL AND e.exemption = '') AS by_hand,
           max(e.line_id) FILTER (WHERE b.number IS NULL AND e.reverses_id IS NULL) AS line_id,
           max(e.customer_id) FILTER (WHERE b.number IS NULL AND e.reverses_id IS NULL AND (e.line_id IS NOT NULL OR e.exemption <> ''))
               AS customer_id,
           bool_or(p.state = 'open') AS waits
    FROM segmentation_waiverentry e
    LEFT JOIN segmentation_waiverentry b ON b.reverses_id = e.number
    LEFT JOIN segmentation_posting p ON p.entry_id = e.number
    WHERE e.charge_id = k.id
) h ON true
WHERE NOT ({decided})
  -- what was waived under the number of a record that was merged since is history
  AND NOT EXISTS (SELECT FROM customers_customer m WHERE m.id = h.customer_id AND m.merged_into_id = k.customer_id)
