-- Writes the path of each branch whose place in the tree changed.
WITH RECURSIVE placed AS (
    SELECT id, '/' || code || '/' AS path FROM identity_branch WHERE parent_id IS NULL
    UNION ALL
    SELECT b.id, p.path || b.code || '/' FROM identity_branch b JOIN placed p ON b.parent_id = p.id
)
UPDATE identity_branch b SET path = p.path FROM placed p WHERE p.id = b.id AND b.path <> p.path
