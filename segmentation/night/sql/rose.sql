-- Whether the minimum hold of the tier still lasts: it was reached by an upgrade that no override made.
l.hold > 0 AND p.since + make_interval(months => l.hold) > %(day)s + 1 AND EXISTS (
    SELECT FROM segmentation_tierdecision u
    WHERE u.customer_id = c.id AND u.business_date = p.since - 1 AND u.outcome = 'up' AND u.override_id IS NULL
)
