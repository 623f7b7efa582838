-- Stages of each active customer of the partition who is similar, what they hold, and a mark per offer: 1 where it is open to them.
INSERT INTO segmentation_stagedpeer (run_id, customer_id, kind, tier, segment, band, held, open)
WITH held AS MATERIALIZED (
    SELECT h.customer_id, array_agg(DISTINCT a.product_id ORDER BY a.product_id) AS products
    FROM customers_accountholder h JOIN customers_account a ON a.id = h.account_id
    WHERE h.customer_id >= %(low)s AND h.customer_id < %(high)s AND h.role <> 'authorised'
        AND a.opened_on <= %(day)s AND (a.closed_on IS NULL OR a.closed_on > %(day)s)
    GROUP BY h.customer_id
),
assessed AS MATERIALIZED (
    SELECT DISTINCT ON (r.customer_id) r.customer_id, r.level FROM customers_riskassessment r
    WHERE r.customer_id >= %(low)s AND r.customer_id < %(high)s AND r.assessed_on BETWEEN %(oldest)s AND %(day)s
    ORDER BY r.customer_id, r.assessed_on DESC, r.id DESC
),
resting AS MATERIALIZED (
    SELECT a.customer_id, array_agg(a.product_id) AS products FROM segmentation_productanswer a
    WHERE a.customer_id >= %(low)s AND a.customer_id < %(high)s AND (a.answer = 'never' OR a.rests_until > %(day)s)
    GROUP BY a.customer_id
),
classed AS MATERIALIZED (
    SELECT DISTINCT ON (m.customer_id) m.customer_id, m.segment_id
    FROM segmentation_segmentmembership m
    JOIN unnest(%(segments)s::bigint[]) WITH ORDINALITY s (id, place) ON s.id = m.segment_id
    WHERE m.customer_id >= %(low)s AND m.customer_id < %(high)s AND m.until IS NULL
    ORDER BY m.customer_id, s.place
),
standing AS MATERIALIZED (
    SELECT p.customer_id, p.tier_id, t.code FROM segmentation_tierperiod p JOIN segmentation_tier t ON t.id = p.tier_id
    WHERE p.customer_id >= %(low)s AND p.customer_id < %(high)s AND p.since <= %(day)s AND (p.until IS NULL OR p.until > %(day)s)
)
SELECT %(run)s, c.id, c.kind, coalesce(st.tier_id, 0), coalesce(k.segment_id, 0),
       CASE WHEN k.segment_id IS NULL THEN coalesce(width_bucket(f.balance, %(bands)s::numeric[]), -1) ELSE -2 END,
       coalesce(h.products, '{{}}'), {open}
FROM customers_customer c
JOIN segmentation_facts f ON f.slot = %(slot)s AND f.customer_id = c.id
LEFT JOIN held h ON h.customer_id = c.id
LEFT JOIN assessed ra ON ra.customer_id = c.id
LEFT JOIN resting re ON re.customer_id = c.id
LEFT JOIN classed k ON k.customer_id = c.id
LEFT JOIN standing st ON st.customer_id = c.id
{joins}
WHERE c.id >= %(low)s AND c.id < %(high)s AND f.customer_id >= %(low)s AND f.customer_id < %(high)s AND c.status = 'active'
