-- What a person is granted at a moment, and a head the branches from the own one down: owner, branch, customer.
SELECT owner_id, branch_id, customer_id
FROM identity_reach
WHERE user_id = %(user)s AND starts_at <= %(at)s AND (ends_at IS NULL OR ends_at > %(at)s)
UNION ALL
SELECT NULL, below.id, NULL
FROM identity_branch own
JOIN identity_branch below ON starts_with(below.path, own.path)
WHERE own.id = %(head_of)s
