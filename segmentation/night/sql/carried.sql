-- Carries the published figures forward where nothing changed since: averages move by what still lies, all else stays.
-- `carry` is what lies, plain and weighted, and how far the sum of the days is from that times the days, plain and weighted.
CREATE TEMP TABLE night_figures ON COMMIT DROP AS
WITH news AS MATERIALIZED (
    SELECT accounts, customers, everything FROM customers_holdingchange WHERE taken IS NULL OR taken > %(base_taking)s
),
changed AS MATERIALIZED (
    SELECT id FROM (SELECT unnest(customers) AS id FROM news) AS named WHERE id >= %(low)s AND id < %(high)s
    UNION
    SELECT customer_id FROM customers_accountholder
    WHERE customer_id >= %(low)s AND customer_id < %(high)s AND account_id IN (SELECT unnest(accounts) FROM news)
)
SELECT f.customer_id, f.currency, f.balance,
       CASE WHEN f.carry[3] = 0 THEN f.aum_month_average
            ELSE round((f.carry[1] * %(days)s + f.carry[3]) / %(days)s, minor_unit(f.currency)) END AS aum_month_average,
       CASE WHEN f.carry[4] = 0 THEN f.aum_weighted_average
            ELSE round((f.carry[2] * %(days)s + f.carry[4]) / %(days)s, minor_unit(f.currency)) END AS aum_weighted_average,
       f.loan_balance, f.mortgage_balance, f.credits_month, f.debits_month, f.payroll_month, f.transactions_month,
       f.accounts_held, f.products_held, f.first_opened_on, f.carry, false AS is_special,
       f.carry[3] = 0 AND f.carry[4] = 0 AS is_same
FROM segmentation_published p
JOIN segmentation_facts f ON f.slot = p.slot AND f.slot = 1 - %(slot)s
JOIN customers_customer c ON c.id = f.customer_id
WHERE p.run_id = %(base_run)s AND f.carry IS NOT NULL
  AND f.customer_id >= %(low)s AND f.customer_id < %(high)s AND c.id >= %(low)s AND c.id < %(high)s
  AND f.currency = CASE c.kind WHEN 'person' THEN %(person)s WHEN 'company' THEN %(company)s ELSE %(institution)s END
  AND NOT EXISTS (SELECT FROM news WHERE everything)
  AND NOT EXISTS (SELECT FROM changed WHERE changed.id = f.customer_id)
