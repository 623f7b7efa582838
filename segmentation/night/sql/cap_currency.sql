-- Reports charges whose policy line caps in another currency than the account's; they stay untaken.
INSERT INTO jobs_rowerror (run_id, customer_id, line, "column", code, message, value)
SELECT %(run)s, k.customer_id, NULL, 'cap', 'cap_currency',
       'The cap of the waiver line is not in ' || k.currency || ': charge ' || k.number, ''
FROM night_charge k
LEFT JOIN segmentation_stagedwaiver s ON s.run_id = %(run)s AND s.charge_id = k.id
WHERE s.id IS NULL
