-- Puts into a batch all entries that were never sent: the ledger has no gaps, and each sending takes it to its end.
INSERT INTO segmentation_posting (entry_id, batch_id, state, reason)
SELECT number, %(batch)s, 'open', '' FROM segmentation_waiverentry
WHERE number > %(last)s AND number <= %(newest)s
ORDER BY number
