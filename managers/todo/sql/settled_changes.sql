-- Of who has left the bank, or died, no change wants anything any more.
SELECT t.about FROM managers_task t JOIN customers_customer c ON c.id = t.customer_id
WHERE t.kind = 'change' AND t.state = 'open' AND c.merged_into_id IS NULL AND c.status IN ('closed', 'deceased')
