-- Tasks about grants that another one replaced, or after which one of the same thing was granted for longer, or whose customer left.
SELECT t.about
FROM managers_task t JOIN managers_resourcerequest r ON r.id::text = t.about JOIN customers_customer c ON c.id = r.customer_id
WHERE t.kind = 'resource_end' AND t.state = 'open'
  AND (c.merged_into_id IS NOT NULL OR c.status IN ('closed', 'deceased') OR EXISTS (
      SELECT FROM managers_resourcerequest n
      WHERE n.customer_id = r.customer_id AND n.state = 'granted' AND n.kind = r.kind AND (n.replaces_id = r.id OR n.valid_until > r.valid_until)
        AND n.product_id IS NOT DISTINCT FROM r.product_id AND n.fee_id IS NOT DISTINCT FROM r.fee_id
  ))
