-- Remembers the accounts and months from which corrected transactions are about to move.
CREATE TEMP TABLE import_was ON COMMIT DROP AS
SELECT DISTINCT t.account_id, date_trunc('month', t.booked_on::timestamp)::date AS month
FROM import_effect r
JOIN customers_transaction t ON t.booked_on = r.v_date AND t.number = r.v_id
WHERE NOT r.fresh
