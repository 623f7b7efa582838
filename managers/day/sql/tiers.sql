-- Who is about to reach another tier or to lose theirs; a loss comes first.
SELECT n.direction || ':' || n.customer_id || ':' || n.falls_on AS about, n.customer_id, n.falls_on AS due_on, n.as_of AS source_on,
       jsonb_build_object('direction', n.direction, 'tier', t.name, 'missing', n.missing::text, 'currency', n.currency) AS figures,
       CASE n.direction WHEN 'down' THEN 40 ELSE 0 END AS lift
FROM segmentation_neartier n
JOIN book b ON b.id = n.customer_id
JOIN segmentation_tier t ON t.id = n.tier_id
WHERE n.falls_on > %(day)s::date AND n.falls_on <= %(day)s::date + 31
