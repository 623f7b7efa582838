-- Writes the pairs that were found: new ones, and what changed of those that nobody has closed; what became alike no more goes. One
-- that was dismissed opens again where the two have come to share a document: its remark stays.
WITH gone AS (
    DELETE FROM customers_duplicate d
    WHERE d.state = 'open' AND NOT EXISTS (SELECT FROM found_pair f WHERE f.first = d.first_id AND f.second = d.second_id)
)
INSERT INTO customers_duplicate AS d (first_id, second_id, score, signs, found_at, state, remark)
SELECT f.first, f.second, f.score, f.signs, %(at)s, 'open', ''
FROM found_pair f
JOIN customers_customer a ON a.id = f.first AND a.merged_into_id IS NULL
JOIN customers_customer b ON b.id = f.second AND b.merged_into_id IS NULL
LEFT JOIN customers_duplicate t ON t.first_id = f.first AND t.second_id = f.second
WHERE t.id IS NULL OR t.state = 'open' AND (t.score, t.signs) IS DISTINCT FROM (f.score, f.signs::varchar[])
    OR t.state = 'dismissed' AND f.signs && %(papers)s::text[] AND NOT t.signs && %(papers)s::varchar[]
ORDER BY f.first, f.second
ON CONFLICT (first_id, second_id) DO UPDATE
SET score = excluded.score, signs = excluded.signs, state = 'open', closed_at = NULL, closed_by_id = NULL
WHERE d.state = 'open'
    OR d.state = 'dismissed' AND excluded.signs && %(papers)s::varchar[] AND NOT d.signs && %(papers)s::varchar[]
