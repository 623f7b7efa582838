-- Reports branches that would move: it widens the reach of the heads above, and a person needs a proposal for it.
INSERT INTO import_bad (line, "column", code, value)
SELECT r.line, 'parent', 'branch_moved', r.v_parent FROM import_rows r
JOIN identity_branch b ON b.code = r.v_code
LEFT JOIN identity_branch p ON p.id = b.parent_id
WHERE r.ok AND coalesce(p.code, '') <> r.v_parent
