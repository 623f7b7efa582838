-- What is waived of each charge: its share under its policy line, within the caps.
WITH lined AS (
    SELECT k.*, l.id AS line_id, CASE WHEN k.exemption <> '' THEN 1 ELSE coalesce(l.percent, 0) END AS percent, l.cap_per_month,
           date_trunc('month', k.charged_on) AS month,
           l.currency NOT IN ('', k.currency) AND coalesce(l.cap_per_fee, l.cap_per_month) IS NOT NULL AS is_foreign,
           l.id IS NOT NULL AND ({conditions}) IS NULL AS is_unknown,
           CASE WHEN k.exemption <> '' THEN k.amount - k.waived WHEN l.id IS NULL THEN 0 ELSE greatest(0, least(
               money_round(k.amount * l.percent, k.currency), l.cap_per_fee, k.amount - k.waived)) END AS offered
    FROM {charges} k
    LEFT JOIN customers_customer c ON c.id = k.customer_id
    LEFT JOIN {facts} f ON f.slot = %(slot)s AND f.customer_id = k.customer_id
    LEFT JOIN LATERAL ({line}) l ON k.exemption = '' AND ({conditions}) IS NOT FALSE
),
summed AS (
    SELECT x.*, sum(offered) OVER (PARTITION BY customer_id, fee_code, month ORDER BY {order}charged_on, length(number), number) AS upto,
           CASE WHEN cap_per_month IS NOT NULL THEN greatest(0, cap_per_month - ({spent})) END AS room
    FROM lined x WHERE is_foreign IS NOT TRUE AND NOT is_unknown
)
SELECT id AS charge_id, customer_id, account_id, fee_code, charged_on, tier_id, line_id, percent, amount,
       CASE WHEN room IS NULL THEN offered ELSE least(upto, room) - least(upto - offered, room) END AS waived, currency, exemption
FROM summed
