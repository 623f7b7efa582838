-- Clears what an earlier attempt at the closing night has written.
DELETE FROM segmentation_valuemonth WHERE month = %(since)s AND customer_id >= %(low)s AND customer_id < %(high)s
