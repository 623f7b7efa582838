-- Whether accounts need more than their roll-ups: uneven months, past nights, other currencies.
SELECT coalesce(bool_or(is_uneven), false) AS uneven_balances,
       coalesce(bool_or(movement_is_past), false) AS past_movements,
       coalesce(bool_or(own <> wanted), false) AS foreign_money
FROM night_held
