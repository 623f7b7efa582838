-- Tasks about reviews that were concluded, or whose customer left.
SELECT t.about
FROM managers_task t JOIN customers_kycreview r ON r.id::text = t.about JOIN customers_customer c ON c.id = r.customer_id
WHERE t.kind = 'kyc_due' AND t.state = 'open'
  AND (r.state = 'done' OR c.merged_into_id IS NOT NULL OR c.status IN ('closed', 'deceased'))
