-- Puts into a batch all entries that were never sent: the ledger has no gaps, and each sending takes it to its end.
-- What the core never paid is not asked back: the reversal of a refused entry, and both of a pair that is new.
INSERT INTO segmentation_posting (entry_id, batch_id, state, reason)
SELECT e.number, %(batch)s,
       CASE WHEN refused.entry_id IS NOT NULL OR e.reverses_id > %(last)s OR back.number IS NOT NULL THEN 'settled' ELSE 'open' END, ''
FROM segmentation_waiverentry e
LEFT JOIN segmentation_posting refused ON refused.entry_id = e.reverses_id AND refused.state = 'refused'
LEFT JOIN segmentation_waiverentry back ON back.reverses_id = e.number AND back.number <= %(newest)s
WHERE e.number > %(last)s AND e.number <= %(newest)s
ORDER BY e.number
