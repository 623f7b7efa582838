-- The next contact data of which some value is not under the first key, locked, in order of customer.
SELECT customer_id, national_id, phone, email, address
FROM customers_contact
WHERE customer_id > %(after)s AND (
    (national_id <> '' AND get_byte(national_id, 0) <> %(key)s) OR (phone <> '' AND get_byte(phone, 0) <> %(key)s)
    OR (email <> '' AND get_byte(email, 0) <> %(key)s) OR (address <> '' AND get_byte(address, 0) <> %(key)s)
)
ORDER BY customer_id
LIMIT %(size)s
FOR NO KEY UPDATE
