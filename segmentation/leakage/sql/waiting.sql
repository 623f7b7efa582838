-- Lets wait too whatever is of a customer whose other charges wait: caps hold over all charges of a customer together.
WITH open AS (
    SELECT customer_id FROM segmentation_leak WHERE waiver_check_id = %(check)s AND waits
    UNION SELECT entered_for_id FROM segmentation_leak WHERE waiver_check_id = %(check)s AND waits
)
UPDATE segmentation_leak l SET waits = true
WHERE l.waiver_check_id = %(check)s AND NOT l.waits
  AND (l.customer_id IN (SELECT customer_id FROM open) OR l.entered_for_id IN (SELECT customer_id FROM open))
