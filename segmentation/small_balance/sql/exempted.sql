-- Says of the charges of a small-balance fee why they are not to be paid: the first exemption of the policy that holds.
WITH asked AS MATERIALIZED (
    SELECT k.id, k.customer_id, k.account_id, k.currency, k.charged_on, k.tier_code, s.floor, s.money, s.tiers, s.exempt,
           (k.charged_on - interval '3 months')::date AS since, (k.charged_on - make_interval(months => s.new_months))::date AS old
    FROM {charges} k
    JOIN jsonb_to_recordset(%(small_balances)s::jsonb) AS s (id bigint, fee text, floor numeric, money text, new_months integer,
         tiers jsonb, exempt jsonb) ON s.fee = k.fee_code AND k.tier_id IS NOT NULL AND s.id = ({policy})
),
moved AS (
    SELECT a.id, bool_or(t.amount > 0 AND t.kind = ANY(%(payroll_kinds)s)) AS payroll,
           bool_or(t.amount < 0 AND t.kind = ANY(%(loan_kinds)s)) AS loan, bool_or(t.amount < 0 AND t.kind = ANY(%(card_kinds)s)) AS card
    FROM asked a
    JOIN customers_transaction t ON t.account_id = a.account_id AND t.booked_on >= a.since AND t.booked_on < a.charged_on
     AND t.kind = ANY(%(payroll_kinds)s || %(loan_kinds)s || %(card_kinds)s)
    GROUP BY a.id
),
lain AS (
    SELECT a.id, sum(b.amount * (least(b.until, a.charged_on) - greatest(b.day, a.since))) / (a.charged_on - a.since) AS average
    FROM asked a
    JOIN LATERAL (SELECT r.amount, r."on" AS day, lead(r."on", 1, a.charged_on) OVER (ORDER BY r."on") AS until
                  FROM customers_balance r WHERE r.account_id = a.account_id AND r."on" < a.charged_on AND r."on" >= coalesce((
                      SELECT max(f."on") FROM customers_balance f WHERE f.account_id = a.account_id AND f."on" <= a.since), a.since)
                 ) b ON b.until > a.since
    GROUP BY a.id, a.charged_on, a.since
)
UPDATE {charges} k SET exemption = CASE
    WHEN a.tiers ? a.tier_code THEN 'tier'
    WHEN a.exempt ? 'named_account' AND EXISTS (SELECT FROM segmentation_freeaccount n WHERE n.customer_id = a.customer_id
         AND n.account_id = a.account_id AND n.since <= a.charged_on AND (n.until IS NULL OR n.until > a.charged_on)) THEN 'named_account'
    WHEN a.exempt ? 'new_account' AND c.opened_on > a.old THEN 'new_account'
    WHEN a.exempt ? 'payroll' AND m.payroll THEN 'payroll'
    WHEN a.exempt ? 'loan_repayment' AND (m.loan
         OR EXISTS (SELECT FROM customers_standingorder o WHERE o.account_id = a.account_id AND o.purpose = ANY(%(loan_orders)s))
         OR EXISTS (SELECT FROM customers_loan l WHERE l.account_id = a.account_id AND l.granted_on < a.charged_on
                    AND l.granted_on + make_interval(months => l.months) > a.since)) THEN 'loan_repayment'
    WHEN a.exempt ? 'card_autopay' AND (m.card OR EXISTS (SELECT FROM customers_standingorder o WHERE o.account_id = a.account_id
         AND o.purpose = ANY(%(card_orders)s))) THEN 'card_autopay'
    WHEN a.exempt ? 'floor' AND a.money = a.currency AND money_round(l.average, a.currency) >= a.floor THEN 'floor' ELSE '' END
FROM asked a
JOIN customers_account c ON c.id = a.account_id
LEFT JOIN moved m ON m.id = a.id
LEFT JOIN lain l ON l.id = a.id
WHERE k.id = a.id
