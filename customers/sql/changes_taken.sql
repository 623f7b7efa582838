-- Sums up the changes that nobody has taken, and what passes by itself through the day: accounts that open or close.
WITH noted AS (
    DELETE FROM customers_holdingchange WHERE taken IS NULL RETURNING accounts, customers, everything
),
passed AS MATERIALIZED (
    SELECT count(*) / 3 AS third,
           array_agg(id) FILTER (WHERE opened_on > %(since)s AND opened_on <= %(day)s OR closed_on > %(since)s AND closed_on <= %(day)s) AS ids
    FROM customers_account
),
third AS MATERIALIZED (
    SELECT (SELECT count(*) / 3 FROM customers_customer) AS customers, third AS accounts FROM passed
),
obvious AS MATERIALIZED (
    SELECT bool_or(n.everything OR cardinality(n.accounts) > t.accounts OR cardinality(n.customers) > t.customers) IS TRUE AS everything
    FROM noted n, third t
),
changed_account AS (
    SELECT unnest(accounts) AS id FROM noted WHERE NOT (SELECT everything FROM obvious)
    UNION
    SELECT unnest(ids) FROM passed
),
concerned AS (
    SELECT h.customer_id AS id FROM changed_account a JOIN customers_accountholder h ON h.account_id = a.id
    UNION
    SELECT unnest(customers) FROM noted WHERE NOT (SELECT everything FROM obvious)
),
summed AS (
    SELECT (SELECT everything FROM obvious) OR count(*) > (SELECT customers FROM third) AS everything,
           array_agg(id ORDER BY id) AS customers
    FROM concerned
)
INSERT INTO customers_holdingchange (customers, everything, taken)
SELECT CASE WHEN NOT everything THEN customers END, everything, %(number)s FROM summed
