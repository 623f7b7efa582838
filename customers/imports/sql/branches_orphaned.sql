-- Reports branches whose parent is neither known nor among the good rows of the file.
INSERT INTO import_bad (line, "column", code, value)
SELECT r.line, 'parent', 'unknown_branch', r.v_parent FROM import_rows r
WHERE r.ok AND r.v_parent <> ''
  AND NOT EXISTS (SELECT FROM identity_branch b WHERE b.code = r.v_parent)
  AND NOT EXISTS (SELECT FROM import_rows p WHERE p.ok AND p.v_code = r.v_parent)
