-- Pairs of records that may be one customer: of the whole book, or of a typed record (id 0) and those `among` the known.
WITH papered AS (
    SELECT customer_id, array_agg(DISTINCT sign || ' ' || encode(number_hash, 'hex')) AS papers, array_agg(DISTINCT number_hash) AS numbers
    FROM customers_document JOIN unnest(%(types)s::text[], %(meant)s::text[]) AS meant (type, sign) USING (type)
    WHERE closed_at IS NULL AND number_hash <> '' AND (%(among)s::bigint[] IS NULL OR customer_id = ANY (%(among)s::bigint[]))
    GROUP BY customer_id
), known AS MATERIALIZED (
    SELECT c.id, c.kind, c.name, c.sort_key, c.birth_date, c.sex, k.national_id_hash AS document, k.phone_hash AS phone,
           k.email_hash AS email, k.address_hash AS address, d.papers, d.numbers,
           CASE WHEN k.national_id_hash = ANY (d.numbers) THEN NULL ELSE k.national_id_hash END AS untyped
    FROM customers_customer c LEFT JOIN customers_contact k ON k.customer_id = c.id LEFT JOIN papered d ON d.customer_id = c.id
    WHERE c.merged_into_id IS NULL AND (%(among)s::bigint[] IS NULL OR c.id = ANY (%(among)s::bigint[]))
    UNION ALL
    SELECT 0, %(kind)s, %(name)s, %(sort_key)s, %(birth_date)s::date, %(sex)s,
           %(document)s::bytea, %(phone)s::bytea, %(email)s::bytea, %(address)s::bytea, %(papers)s::text[], NULL,
           CASE WHEN %(papers)s::text[] IS NULL THEN %(document)s::bytea END
    WHERE %(among)s::bigint[] IS NOT NULL
), keyed AS (
    SELECT id, kind, what, key FROM known CROSS JOIN LATERAL (VALUES
        ('document', encode(document, 'hex')), ('phone', encode(phone, 'hex')), ('email', encode(email, 'hex')),
        ('name', CASE WHEN %(among)s::bigint[] IS NOT NULL THEN nullif(sort_key, '')
                      WHEN sort_key <> '' AND (birth_date IS NOT NULL OR kind <> 'person') THEN concat(sort_key, birth_date) END)
    ) AS block (what, key) WHERE key IS NOT NULL
    UNION ALL
    SELECT id, kind, 'document', split_part(paper, ' ', 2) FROM known CROSS JOIN LATERAL unnest(papers) AS paper
    WHERE papers IS NOT NULL AND split_part(paper, ' ', 2) IS DISTINCT FROM encode(document, 'hex')
), blocked AS (
    SELECT array_agg(id ORDER BY id) AS ids FROM keyed GROUP BY kind, what, key HAVING count(*) BETWEEN 2 AND %(most)s
), paired AS (
    SELECT DISTINCT a AS first, b AS second FROM blocked CROSS JOIN LATERAL unnest(ids) AS a CROSS JOIN LATERAL unnest(ids) AS b
    WHERE a < b AND (%(among)s::bigint[] IS NULL OR a = 0)
)
SELECT p.first, p.second, least(sum(sign.weight), 100)::int AS score, array_agg(sign.name ORDER BY sign.weight DESC, sign.name) AS signs
FROM paired p JOIN known a ON a.id = p.first JOIN known b ON b.id = p.second CROSS JOIN LATERAL (
    SELECT (SELECT split_part(min(x), ' ', 1) FROM unnest(a.papers) AS x WHERE x = ANY (b.papers)) AS paper,
           a.document = b.document OR a.untyped = ANY (b.numbers) OR b.untyped = ANY (a.numbers) AS number
) AS same CROSS JOIN LATERAL (VALUES
    (same.paper, 70, same.paper IS NOT NULL), ('document', 70, same.number AND same.paper IS NULL),
    ('other_document', -30, a.document <> b.document AND (same.number OR same.paper IS NOT NULL) IS NOT TRUE),
    ('phone', 30, a.phone = b.phone), ('email', 30, a.email = b.email), ('address', 15, a.address = b.address),
    ('name', 30, a.name = b.name AND a.name <> ''), ('sound', 15, a.sort_key = b.sort_key AND a.name <> b.name AND a.sort_key <> ''),
    ('other_name', -20, a.sort_key <> b.sort_key AND '' NOT IN (a.sort_key, b.sort_key)),
    ('birth_date', 25, a.birth_date = b.birth_date), ('other_birth_date', -30, a.birth_date <> b.birth_date),
    ('other_sex', -15, a.sex <> b.sex AND '' NOT IN (a.sex, b.sex))
) AS sign (name, weight, holds) WHERE sign.holds GROUP BY p.first, p.second HAVING sum(sign.weight) >= %(least)s
