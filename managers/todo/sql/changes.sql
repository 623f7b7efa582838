-- Changes of a week that their rule makes a task of, of customers whom somebody looks after.
SELECT n.customer_id, n.id::text AS about, n.due_on,
       jsonb_build_object('rule', r.name, 'kind', n.kind, 'figures', n.figures) AS figures
FROM segmentation_change n
JOIN segmentation_changerule r ON r.id = n.rule_id AND coalesce(r.content ->> 'makes', 'task') = 'task'
JOIN customers_customer c ON c.id = n.customer_id AND c.merged_into_id IS NULL AND c.manager_id IS NOT NULL AND c.status NOT IN ('closed', 'deceased')
WHERE n.noticed_at >= %(as_of)s::timestamptz - interval '7 days'
