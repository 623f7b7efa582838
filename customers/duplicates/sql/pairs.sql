-- Pairs of records that may be one customer: of the whole book, or of a typed record (id 0) and those `among` the known.
WITH known AS MATERIALIZED (
    SELECT c.id, c.kind, c.name, c.sort_key, c.birth_date, c.sex,
           k.national_id_hash AS document, k.phone_hash AS phone, k.email_hash AS email, k.address_hash AS address
    FROM customers_customer c LEFT JOIN customers_contact k ON k.customer_id = c.id
    WHERE c.merged_into_id IS NULL AND (%(among)s::bigint[] IS NULL OR c.id = ANY (%(among)s::bigint[]))
    UNION ALL
    SELECT 0, %(kind)s, %(name)s, %(sort_key)s, %(birth_date)s::date, %(sex)s,
           %(document)s::bytea, %(phone)s::bytea, %(email)s::bytea, %(address)s::bytea
    WHERE %(among)s::bigint[] IS NOT NULL
), blocked AS (
    SELECT array_agg(id ORDER BY id) AS ids
    FROM known CROSS JOIN LATERAL (VALUES
        ('document', encode(document, 'hex')), ('phone', encode(phone, 'hex')), ('email', encode(email, 'hex')),
        ('name', CASE WHEN %(among)s::bigint[] IS NOT NULL THEN nullif(sort_key, '')
                      WHEN sort_key <> '' AND (birth_date IS NOT NULL OR kind <> 'person') THEN concat(sort_key, birth_date) END)
    ) AS block (what, key)
    WHERE key IS NOT NULL
    GROUP BY kind, what, key HAVING count(*) BETWEEN 2 AND %(most)s
), paired AS (
    SELECT DISTINCT a AS first, b AS second
    FROM blocked CROSS JOIN LATERAL unnest(ids) AS a CROSS JOIN LATERAL unnest(ids) AS b
    WHERE a < b AND (%(among)s::bigint[] IS NULL OR a = 0)
)
SELECT p.first, p.second, least(sum(sign.weight), 100)::int AS score,
       array_agg(sign.name ORDER BY sign.weight DESC, sign.name) AS signs
FROM paired p JOIN known a ON a.id = p.first JOIN known b ON b.id = p.second
CROSS JOIN LATERAL (VALUES
    ('document', 70, a.document = b.document), ('other_document', -30, a.document <> b.document),
    ('phone', 30, a.phone = b.phone), ('email', 30, a.email = b.email), ('address', 15, a.address = b.address),
    ('name', 30, a.name = b.name AND a.name <> ''), ('sound', 15, a.sort_key = b.sort_key AND a.name <> b.name AND a.sort_key <> ''),
    ('other_name', -20, a.sort_key <> b.sort_key AND '' NOT IN (a.sort_key, b.sort_key)),
    ('birth_date', 25, a.birth_date = b.birth_date), ('other_birth_date', -30, a.birth_date <> b.birth_date),
    ('other_sex', -15, a.sex <> b.sex AND '' NOT IN (a.sex, b.sex))
) AS sign (name, weight, holds)
WHERE sign.holds
GROUP BY p.first, p.second HAVING sum(sign.weight) >= %(least)s
