-- The customers of the partition whose closed months may be told otherwise, and since which month.
CREATE TEMP TABLE value_concerned ON COMMIT DROP AS
WITH news AS MATERIALIZED (
    SELECT since, accounts, customers, of_rates, everything FROM customers_pastchange WHERE taken <= %(taking)s
),
foreign_money AS MATERIALIZED (SELECT min(since) AS since FROM news WHERE of_rates),
named AS (
    SELECT h.customer_id, a.since FROM (SELECT unnest(accounts) AS account_id, since FROM news) AS a
    JOIN customers_accountholder h ON h.account_id = a.account_id
    UNION ALL
    SELECT unnest(customers), since FROM news
    UNION ALL
    SELECT h.customer_id, f.since FROM foreign_money f, customers_accountholder h
    JOIN customers_account a ON a.id = h.account_id AND (%(all_foreign)s OR a.currency <> %(own_currency)s)
    WHERE f.since IS NOT NULL
    UNION ALL
    SELECT c.id, n.since FROM customers_customer c, news n WHERE n.everything OR n.of_rates AND %(all_foreign)s
)
SELECT c.id AS customer_id, min(n.since) AS since
FROM named n JOIN customers_customer c ON c.id = n.customer_id
WHERE c.id >= %(low)s AND c.id < %(high)s
GROUP BY c.id
