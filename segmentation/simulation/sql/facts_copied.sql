-- The figures of a month's end, or the published ones with room for figures that no night reckoned.
CREATE TEMP TABLE trial_facts ON COMMIT DROP AS
SELECT %(slot)s AS slot, customer_id, {columns} FROM {source}
WHERE {which} AND customer_id >= %(low)s AND customer_id < %(high)s
