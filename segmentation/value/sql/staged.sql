-- Stages the month of those concerned of whom it now says something else; who has nothing left in it is gone from it.
INSERT INTO segmentation_stagedvalue (
    run_id, month, customer_id, is_gone, currency, deposits, loans, fees, waivers, commissions, activities, losses
)
SELECT %(run)s, %(since)s, coalesce(n.customer_id, s.customer_id), n.customer_id IS NULL,
       n.currency, n.deposits, n.loans, n.fees, n.waivers, n.commissions, n.activities, n.losses
FROM ({valued}) AS n
FULL JOIN (
    SELECT v.* FROM segmentation_valuemonth v JOIN value_asked a ON a.customer_id = v.customer_id WHERE v.month = %(since)s
) AS s ON s.customer_id = n.customer_id
WHERE (n.customer_id, n.currency, n.deposits, n.loans, n.fees, n.waivers, n.commissions, n.activities, n.losses)
      IS DISTINCT FROM (s.customer_id, s.currency, s.deposits, s.loans, s.fees, s.waivers, s.commissions, s.activities, s.losses)
