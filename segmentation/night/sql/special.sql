-- Which accounts need more than their roll-ups: those of a past night, and those in another currency.
SELECT coalesce(bool_or(balance_is_past), false) AS past_balances,
       coalesce(bool_or(movement_is_past), false) AS past_movements,
       coalesce(bool_or(own <> wanted), false) AS foreign_money
FROM night_held
