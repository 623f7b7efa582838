-- The next rows of a table of which some encrypted column is not under the first key, locked, in order of key.
SELECT id, {columns}
FROM {table}
WHERE id > %(after)s AND ({old})
ORDER BY id
LIMIT %(size)s
FOR NO KEY UPDATE
