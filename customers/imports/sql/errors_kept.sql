-- Keeps what was wrong with the file's rows, in the order of its lines and under the file's own names of columns.
INSERT INTO jobs_rowerror (run_id, line, "column", code, message, value)
SELECT %(run)s, b.line, left(coalesce(n.told, b."column"), 64), b.code, coalesce(m.message, b.code), coalesce(b.value, '')
FROM (SELECT DISTINCT ON (line, "column", code) * FROM import_bad ORDER BY line, "column", code) b
LEFT JOIN unnest(%(codes)s::text[], %(messages)s::text[]) AS m (code, message) ON m.code = b.code
LEFT JOIN unnest(%(fields)s::text[], %(told)s::text[]) AS n (field, told) ON n.field = b."column"
ORDER BY b.line, b."column", b.code
