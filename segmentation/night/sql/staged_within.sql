-- Keeps within the charge what was staged before somebody waived a part of it by hand.
UPDATE segmentation_stagedwaiver s
SET waived = ch.amount - ch.waived
FROM customers_feecharge ch
WHERE s.run_id = %(run)s AND ch.id = s.charge_id AND s.waived > ch.amount - ch.waived
