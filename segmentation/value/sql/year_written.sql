-- Writes the year of each customer through a month: its lines divided and rounded once, their sum, and what that is worth for life.
INSERT INTO segmentation_valueyear (
    month, customer_id, currency, deposits, loans, fees, waivers, commissions, activities, losses, value, lifetime
)
WITH summed AS (
    SELECT v.customer_id, CASE WHEN min(v.currency) = max(v.currency) THEN 1 END AS same, max(v.currency) AS currency,
           CASE WHEN bool_and(v.deposits IS NOT NULL) THEN sum(v.deposits) END AS deposits,
           CASE WHEN bool_and(v.loans IS NOT NULL) THEN sum(v.loans) END AS loans,
           CASE WHEN bool_and(v.fees IS NOT NULL) THEN sum(v.fees) END AS fees,
           CASE WHEN bool_and(v.waivers IS NOT NULL) THEN sum(v.waivers) END AS waivers,
           CASE WHEN bool_and(v.commissions IS NOT NULL) THEN sum(v.commissions) END AS commissions,
           CASE WHEN bool_and(v.activities IS NOT NULL) THEN sum(v.activities) END AS activities,
           CASE WHEN bool_and(v.losses IS NOT NULL) THEN sum(v.losses) END AS losses
    FROM segmentation_valuemonth v
    WHERE v.month > (%(since)s::date - interval '12 months')::date AND v.month <= %(since)s
      AND v.customer_id >= %(low)s AND v.customer_id < %(high)s{whose}
    GROUP BY v.customer_id
),
divided AS (
    SELECT s.customer_id, s.currency, money_round(same * s.deposits / 365, s.currency) AS deposits,
           money_round(same * s.loans / 365, s.currency) AS loans, money_round(same * s.fees, s.currency) AS fees,
           money_round(same * s.waivers, s.currency) AS waivers, money_round(same * s.commissions, s.currency) AS commissions,
           money_round(same * s.activities, s.currency) AS activities, money_round(same * s.losses / 365, s.currency) AS losses
    FROM summed s
),
told AS (
    SELECT d.*, d.deposits + d.loans + d.fees - d.waivers + d.commissions - d.activities - d.losses AS value FROM divided d
)
SELECT %(since)s, t.customer_id, t.currency, t.deposits, t.loans, t.fees, t.waivers, t.commissions, t.activities, t.losses,
       t.value, money_round(t.value * r.rate / (1 + %(discount)s - r.rate), t.currency)
FROM told t JOIN customers_customer c ON c.id = t.customer_id
LEFT JOIN segmentation_tierperiod p ON p.customer_id = t.customer_id AND p.since <= %(day)s AND (p.until IS NULL OR p.until > %(day)s)
LEFT JOIN unnest(%(kept_tiers)s::bigint[], %(kept_kinds)s::text[], %(kept)s::numeric[]) AS r (tier_id, kind, rate)
       ON r.tier_id = coalesce(p.tier_id, 0) AND r.kind = c.kind
ORDER BY t.customer_id
