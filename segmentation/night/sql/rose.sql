-- Whether the minimum hold of the tier still lasts: it was reached by an upgrade that the rules made, not a grant.
l.hold > 0 AND p.since + make_interval(months => l.hold) > %(day)s + 1 AND EXISTS (
    SELECT FROM segmentation_tierdecision u LEFT JOIN segmentation_tieroverride g ON g.id = u.override_id
    WHERE u.customer_id = c.id AND u.business_date = p.since - 1 AND u.outcome = 'up' AND g.kind IS DISTINCT FROM 'grant'
)
