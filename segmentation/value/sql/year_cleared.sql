-- Clears the years that are written anew.
DELETE FROM segmentation_valueyear v WHERE v.month = %(since)s AND v.customer_id >= %(low)s AND v.customer_id < %(high)s{whose}
