-- What the night that is being published has done.
SELECT (SELECT count(*) FROM customers_customer WHERE status = ANY (%(tiered)s)) AS customers,
       d.moved, d.held, e.errors, e.left_out, coalesce(w.entries, 0) AS entries, w.currencies, w.waived
FROM (
    SELECT count(*) FILTER (WHERE outcome IN ('up', 'down')) AS moved, count(*) FILTER (WHERE outcome = 'held') AS held
    FROM segmentation_tierdecision WHERE run_id = %(run)s AND business_date = %(day)s
) d
CROSS JOIN (SELECT count(*) AS errors, count(customer_id) AS left_out FROM jobs_rowerror WHERE run_id = %(run)s) e
CROSS JOIN (
    SELECT sum(n)::bigint AS entries, array_agg(currency ORDER BY currency) AS currencies, array_agg(waived ORDER BY currency) AS waived
    FROM (
        SELECT currency, count(*) AS n, sum(waived) AS waived FROM segmentation_waiverentry
        WHERE run_id = %(run)s GROUP BY currency
    ) c
) w
