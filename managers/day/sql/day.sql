-- What a manager has to do on the day for the customers of these books, the most pressing first, without what they laid aside.
WITH book AS MATERIALIZED (
    SELECT id, name, number, sort_key, manager_id FROM customers_customer
    WHERE manager_id = ANY (%(owners)s) AND merged_into_id IS NULL AND status NOT IN ('closed', 'deceased')
),
matters AS ({matters}),
ranked AS (
    SELECT m.*, t.name AS tier, t.code AS tier_code,
           m.base + m.lift + 2 * greatest(-15, least(45, %(day)s::date - m.due_on))
               + 10 * coalesce(w.weight, 0) AS score
    FROM matters m
    LEFT JOIN segmentation_tierperiod p ON p.customer_id = m.customer_id AND p.until IS NULL
    LEFT JOIN segmentation_tier t ON t.id = p.tier_id
    LEFT JOIN managers_managedcustomer w ON w.customer_id = m.customer_id
    WHERE (%(kind)s = '' OR m.kind = %(kind)s) AND (%(key)s = '' OR m.kind || ':' || m.about = %(key)s)
      AND coalesce((
          SELECT CASE WHEN a.until <= %(day)s THEN true ELSE false END FROM managers_laidaside a
          WHERE a.manager_id = %(user)s AND a.key = m.kind || ':' || m.about ORDER BY a.id DESC LIMIT 1), true)
)
SELECT r.kind, r.kind || ':' || r.about AS key, r.customer_id, r.due_on, r.source_on, r.figures, r.tier, r.tier_code, r.score,
       b.name, b.number, b.sort_key, b.manager_id, count(*) OVER () AS total
FROM ranked r LEFT JOIN book b ON b.id = r.customer_id
ORDER BY r.score DESC, r.due_on, r.kind, r.about
LIMIT %(most)s
