-- Sums up the changes that nobody has taken, and what passes by itself through the day: accounts that open or close.
WITH noted AS (
    DELETE FROM customers_holdingchange WHERE taken IS NULL RETURNING accounts, customers, everything
),
passed AS (
    SELECT id FROM customers_account
    WHERE opened_on > %(since)s AND opened_on <= %(day)s OR closed_on > %(since)s AND closed_on <= %(day)s
),
-- where many are, about how many is enough to tell which way is shorter
known AS MATERIALIZED (SELECT oid, reltuples::bigint AS about FROM pg_class WHERE reltuples > 30000),
third AS MATERIALIZED (
    SELECT coalesce((SELECT about FROM known WHERE oid = 'customers_customer'::regclass), (SELECT count(*) FROM customers_customer)) / 3 AS customers,
           coalesce((SELECT about FROM known WHERE oid = 'customers_account'::regclass), (SELECT count(*) FROM customers_account)) / 3 AS accounts
),
obvious AS MATERIALIZED (
    SELECT bool_or(n.everything OR cardinality(n.accounts) > t.accounts OR cardinality(n.customers) > t.customers) IS TRUE AS everything
    FROM noted n, third t
),
changed_account AS (
    SELECT unnest(accounts) AS id FROM noted WHERE NOT (SELECT everything FROM obvious)
    UNION
    SELECT id FROM passed
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
