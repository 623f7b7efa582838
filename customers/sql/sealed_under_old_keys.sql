-- The next rows of a table of which some encrypted column is not under the first key, locked, in order of key.
SELECT {pk} AS pk, {columns}
FROM {table}
WHERE {pk} > %(after)s AND ({old})
ORDER BY {pk}
LIMIT %(size)s
FOR NO KEY UPDATE
