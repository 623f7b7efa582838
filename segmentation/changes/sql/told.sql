-- How many changes of a rule each manager is to be told of.
SELECT u.id AS manager, count(*) AS changes
FROM segmentation_change n
JOIN customers_customer c ON c.id = n.customer_id
JOIN identity_user u ON u.id = c.manager_id AND u.is_active
WHERE n.rule_id = %(rule)s AND n.day = %(day)s AND n.noticed_at = %(at)s
GROUP BY u.id
