-- Of who has left the bank, or died, no change wants anything any more; nor one that stayed with a record which was merged, for
-- the same was said of the record that stands.
SELECT t.about FROM managers_task t JOIN customers_customer c ON c.id = t.customer_id
WHERE t.kind = 'change' AND t.state = 'open' AND c.merged_into_id IS NULL AND c.status IN ('closed', 'deceased')
UNION ALL
SELECT t.about FROM managers_task t
JOIN segmentation_change n ON n.id::text = t.about AND n.customer_id <> t.customer_id
WHERE t.kind = 'change' AND t.state = 'open'
