-- On a day without a review: where the published policy would put everybody if it were one.
UPDATE trial_standing s SET published_id = d.tier_after
FROM ({weighed}) AS d WHERE d.customer_id = s.customer_id
