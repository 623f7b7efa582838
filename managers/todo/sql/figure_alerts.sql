-- Of companies that stand, figures of the newest period, at most 18 months old, that moved by more than their kind allows: two weeks for each.
SELECT f.customer_id, f.id::text AS about, %(day)s::date + 14 AS due_on,
       jsonb_build_object('figure', k.code, 'name', k.name, 'since', f.since, 'months', f.months,
                          'change', round((f.value - b.value) / abs(b.value), 6)::text) AS figures
FROM customers_companyfigure f
JOIN customers_customer c ON c.id = f.customer_id AND c.merged_into_id IS NULL AND c.status NOT IN ('closed', 'deceased')
JOIN customers_figurekind k ON k.id = f.kind_id
JOIN customers_companyfigure b ON b.customer_id = f.customer_id AND b.kind_id = f.kind_id AND b.months = f.months
    AND b.through = f.since - 1 AND b.currency = f.currency AND b.value <> 0
WHERE f.through > %(day)s::date - 550
  AND (f.value <= b.value - abs(b.value) * k.falls_by OR f.value >= b.value + abs(b.value) * k.rises_by)
  AND NOT EXISTS (
    SELECT FROM customers_companyfigure n
    WHERE n.customer_id = f.customer_id AND n.kind_id = f.kind_id AND n.months = f.months
      AND n.since > f.since AND n.value IS NOT NULL)
