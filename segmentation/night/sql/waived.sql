-- What is waived of each charge: its share under the policy version of its own date, within the caps.
WITH lined AS (
    SELECT k.*, l.id AS line_id, coalesce(l.percent, 0) AS percent, l.cap_per_month, date_trunc('month', k.charged_on) AS month,
           l.currency NOT IN ('', k.currency) AND coalesce(l.cap_per_fee, l.cap_per_month) IS NOT NULL AS is_foreign,
           l.id IS NOT NULL AND ({conditions}) IS NULL AS is_unknown,
           CASE WHEN l.id IS NULL THEN 0 ELSE greatest(0, least(
               money_round(k.amount * l.percent, k.currency), l.cap_per_fee, k.amount - k.waived)) END AS offered
    FROM night_charge k
    LEFT JOIN segmentation_tier t ON t.id = k.tier_id
    LEFT JOIN LATERAL (SELECT w.id FROM segmentation_waiverpolicy w WHERE w.effective_from <= k.charged_on AND w.id <= %(newest_policy)s
                       ORDER BY w.effective_from DESC LIMIT 1) w ON true
    LEFT JOIN customers_customer c ON c.id = k.customer_id
    LEFT JOIN segmentation_facts f ON f.slot = %(slot)s AND f.customer_id = k.customer_id
    LEFT JOIN segmentation_waiverline l ON l.policy_id = w.id AND l.tier_code = t.code AND l.fee_code = k.fee_code
         AND ({conditions}) IS NOT FALSE
),
summed AS (
    SELECT x.*, sum(offered) OVER (PARTITION BY customer_id, fee_code, month ORDER BY charged_on, length(number), number) AS upto,
           CASE WHEN cap_per_month IS NOT NULL THEN greatest(0, cap_per_month - coalesce((
               SELECT sum(e.waived) FROM segmentation_waiverentry e
               WHERE e.customer_id = x.customer_id AND e.fee_code = x.fee_code AND e.charged_on >= month
                 AND e.charged_on < month + interval '1 month'), 0)) END AS room
    FROM lined x WHERE is_foreign IS NOT TRUE AND NOT is_unknown
)
INSERT INTO segmentation_stagedwaiver (
    run_id, charge_id, customer_id, account_id, fee_code, charged_on, tier_id, line_id, percent, amount, waived, currency
)
SELECT %(run)s, id, customer_id, account_id, fee_code, charged_on, tier_id, line_id, percent, amount,
       CASE WHEN room IS NULL THEN offered ELSE least(upto, room) - least(upto - offered, room) END, currency
FROM summed
