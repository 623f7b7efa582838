-- Decides the tier of the customers of one kind: newcomers and overrides each night, everybody on a review day.
INSERT INTO segmentation_tierdecision (
    run_id, customer_id, business_date, scheme_version_id, tier_before_id, tier_after_id, outcome, effective_from,
    months_below, months_below_before, is_feed_closed, held_until, bounds, override_id, figures, met
)
SELECT %(run)s, d.customer_id, %(day)s, %(version)s, d.tier_before, d.tier_after, d.outcome,
       CASE d.outcome WHEN 'placed' THEN %(day)s ELSE %(day)s + 1 END, d.months_below, d.below, %(closed)s, d.held_until,
       d.bounds, d.override, d.figures, d.met
FROM ({weighed}) AS d
ORDER BY d.customer_id
