-- Marks the charges that this night took, with what is waived of each.
UPDATE customers_feecharge ch
SET assessed_on = %(day)s, waived = ch.waived + s.waived
FROM segmentation_stagedwaiver s
WHERE s.run_id = %(run)s AND ch.id = s.charge_id
