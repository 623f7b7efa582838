-- Entries that the core refused, unless their reversal settled it: three days for each.
SELECT e.customer_id, e.number::text AS about, %(day)s::date + 3 AS due_on,
       jsonb_build_object('amount', e.waived::text, 'currency', e.currency, 'fee', f.name,
                          'charged_on', c.charged_on, 'account', a.number, 'reason', p.reason) AS figures
FROM segmentation_posting p
JOIN segmentation_waiverentry e ON e.number = p.entry_id
JOIN customers_feecharge c ON c.id = e.charge_id
JOIN customers_feetype f ON f.id = c.fee_id
JOIN customers_account a ON a.id = e.account_id
WHERE p.state = 'refused'
  AND NOT EXISTS (SELECT FROM segmentation_waiverentry b JOIN segmentation_posting s ON s.entry_id = b.number
                  WHERE b.reverses_id = e.number AND s.state = 'settled')
