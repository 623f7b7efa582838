-- Reports branches that no root leads to, as the tree would be with the file's good rows.
WITH RECURSIVE tree AS (
    SELECT v_code AS code, v_parent AS parent FROM import_rows WHERE ok
    UNION ALL
    SELECT b.code, coalesce(p.code, '') FROM identity_branch b LEFT JOIN identity_branch p ON p.id = b.parent_id
    WHERE NOT EXISTS (SELECT FROM import_rows r WHERE r.ok AND r.v_code = b.code)
),
reached AS (
    SELECT code FROM tree WHERE parent = ''
    UNION
    SELECT t.code FROM tree t JOIN reached r ON t.parent = r.code
)
INSERT INTO import_bad (line, "column", code, value)
SELECT r.line, 'parent', 'circle', r.v_parent FROM import_rows r
WHERE r.ok AND r.v_code NOT IN (SELECT code FROM reached)
