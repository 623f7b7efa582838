-- Sums up the changes that nobody has taken, and what passes by itself through the day: accounts that open or close.
WITH taken AS (
    DELETE FROM customers_holdingchange WHERE taken IS NULL RETURNING accounts, customers, everything
),
size AS (
    SELECT coalesce(bool_or(everything), false)
           OR coalesce(sum(coalesce(cardinality(accounts), 0) + coalesce(cardinality(customers), 0)), 0) > %(many)s AS everything
    FROM taken
),
accounts AS (
    SELECT unnest(accounts) AS id FROM taken
    UNION
    SELECT id FROM customers_account
    WHERE opened_on > %(since)s AND opened_on <= %(day)s OR closed_on > %(since)s AND closed_on <= %(day)s
),
concerned AS (
    SELECT h.customer_id AS id FROM accounts a JOIN customers_accountholder h ON h.account_id = a.id
    UNION
    SELECT unnest(customers) FROM taken
)
INSERT INTO customers_holdingchange (customers, everything, taken)
SELECT (SELECT array_agg(id ORDER BY id) FROM concerned WHERE NOT s.everything), s.everything, %(number)s FROM size s
