-- Conditions that the last nights found not kept, while the grant holds: a task for each day on which it was.
SELECT r.customer_id, k.id || ':' || c."on" AS about, greatest(c."on", %(day)s::date) AS due_on,
       jsonb_build_object('kind', k.kind, 'amount', k.amount::text, 'figure', c.figure::text, 'currency', r.currency,
                          'on', c."on", 'id', r.id) AS figures
FROM managers_conditioncheck c JOIN managers_condition k ON k.id = c.condition_id
JOIN managers_resourcerequest r ON r.id = k.request_id JOIN customers_customer u ON u.id = r.customer_id
WHERE NOT c.is_kept AND r.valid_until >= %(day)s AND u.merged_into_id IS NULL AND u.status NOT IN ('closed', 'deceased')
  AND NOT EXISTS (SELECT FROM managers_resourcerequest n WHERE n.replaces_id = r.id AND n.state = 'granted')
