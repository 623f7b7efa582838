-- Values of an attribute taken away, so many at most, in the order of their customers; what somebody else holds stays.
WITH found AS MATERIALIZED (
    SELECT id FROM customers_attributevalue
    WHERE attribute_id = %(attribute)s AND customer_id > %(after)s
    ORDER BY customer_id LIMIT %(size)s
    FOR UPDATE SKIP LOCKED
), cleared AS (
    DELETE FROM customers_attributevalue AS v USING found WHERE v.id = found.id
    RETURNING v.customer_id
)
SELECT max(customer_id) AS last FROM cleared
