-- Clears the unread slot of a customer whose figures could not be computed.
DELETE FROM segmentation_facts
WHERE slot = %(slot)s AND customer_id >= %(low)s AND customer_id < %(high)s
