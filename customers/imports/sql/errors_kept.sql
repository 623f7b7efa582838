-- Keeps what was wrong with the file's rows, in the order of its lines.
INSERT INTO jobs_rowerror (run_id, line, "column", code, message, value)
SELECT %(run)s, b.line, b."column", b.code, coalesce(m.message, b.code), coalesce(b.value, '')
FROM (SELECT DISTINCT ON (line, "column", code) * FROM import_bad ORDER BY line, "column", code) b
LEFT JOIN unnest(%(codes)s::text[], %(messages)s::text[]) AS m (code, message) ON m.code = b.code
ORDER BY b.line
