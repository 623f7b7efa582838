-- What there is of everything that a night pins.
SELECT (SELECT closed_through FROM customers_feed WHERE kind = 'balances') AS fed,
       (SELECT max(month) FROM segmentation_closedmonth) AS known,
       (SELECT coalesce(max(id), 0) FROM segmentation_waiverpolicy) AS newest_policy,
       (SELECT coalesce(max(id), 0) FROM segmentation_tieroverride) AS newest_override
