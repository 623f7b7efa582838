-- What ends within the days after the day, for each of who owns it: terms; of accounts without one, loans that are paid off,
-- and deposits, funds and insurances that close.
WITH ending AS (
    SELECT t.account_id, CASE WHEN p.family = ANY(%(assets)s) THEN 'account' ELSE 'loan' END AS what, t.matures_on AS falls_on
    FROM customers_term t JOIN customers_account a ON a.id = t.account_id JOIN customers_product p ON p.id = a.product_id
    WHERE t.matures_on > %(day)s AND t.matures_on <= %(day)s::date + %(days)s AND (a.closed_on IS NULL OR a.closed_on > %(day)s)
    UNION
    SELECT l.account_id, 'loan' AS what, (l.granted_on + make_interval(months => l.months::integer))::date AS falls_on
    FROM customers_loan l JOIN customers_account a ON a.id = l.account_id
    WHERE (a.closed_on IS NULL OR a.closed_on > %(day)s) AND NOT EXISTS (SELECT FROM customers_term t WHERE t.account_id = a.id)
    UNION
    SELECT a.id, 'account', a.closed_on
    FROM customers_account a JOIN customers_product p ON p.id = a.product_id AND p.family = ANY(%(assets)s)
    WHERE a.closed_on > %(day)s AND a.closed_on <= %(day)s::date + %(days)s
      AND NOT EXISTS (SELECT FROM customers_term t WHERE t.account_id = a.id)
)
SELECT h.customer_id, e.what || ':' || e.account_id || ':' || e.falls_on AS about, e.falls_on AS due_on, NULL::date AS quiet_until,
       jsonb_build_object('what', e.what, 'account', a.number, 'product', p.name, 'falls_on', e.falls_on) AS figures
FROM ending e
JOIN customers_account a ON a.id = e.account_id
JOIN customers_product p ON p.id = a.product_id
JOIN customers_accountholder h ON h.account_id = e.account_id AND h.role IN ('owner', 'joint')
JOIN ({whom}) w ON w.id = h.customer_id
WHERE e.falls_on > %(day)s AND e.falls_on <= %(day)s::date + %(days)s
