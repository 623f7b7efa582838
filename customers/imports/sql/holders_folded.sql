-- Folds rows that name two records of one customer into the first: shares add up, the strongest role stays.
WITH told AS (
    SELECT DISTINCT ON (r.v_account, r.v_customer, s.customer) r.line, r.v_account, r.v_customer, r.v_role, r.v_share
    FROM import_rows r JOIN import_stage s ON s.line = r.line
    WHERE r.ok
    ORDER BY r.v_account, r.v_customer, s.customer, r.line
),
twice AS (
    SELECT v_account, v_customer, min(line) AS first, array_agg(line) AS lines, sum(v_share) AS share,
           min(v_role) FILTER (WHERE v_role <> 'authorised') AS strong
    FROM told GROUP BY v_account, v_customer HAVING count(*) > 1
)
UPDATE import_rows r
SET v_share = t.share,
    v_role = CASE WHEN t.strong = 'joint' AND EXISTS (SELECT FROM told o WHERE o.line = ANY (t.lines) AND o.v_role = 'owner')
                  THEN 'owner' ELSE coalesce(t.strong, 'authorised') END,
    ok = r.line = t.first,
    v_customer = CASE WHEN r.line = t.first THEN r.v_customer END
FROM twice t
WHERE r.line = ANY (t.lines)
