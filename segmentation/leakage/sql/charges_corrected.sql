-- Says of the charges of a check what is waived of them now.
UPDATE customers_feecharge ch SET waived = ch.waived - l.waived + l.due
FROM segmentation_leak l
WHERE l.waiver_check_id = %(check)s AND NOT l.waits AND ch.id = l.charge_id
