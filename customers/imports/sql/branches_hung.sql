-- Hangs the written branches under their parents.
UPDATE identity_branch b SET parent_id = p.id
FROM import_effect r
LEFT JOIN identity_branch p ON p.code = nullif(r.v_parent, '')
WHERE b.code = r.v_code AND b.parent_id IS DISTINCT FROM p.id
