-- Empties the figures that no scheme in force looks at any more.
UPDATE segmentation_facts SET {nothing}
WHERE slot = %(slot)s AND customer_id >= %(low)s AND customer_id < %(high)s AND ({some})
