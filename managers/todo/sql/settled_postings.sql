-- Refused entries that were reversed since: the core is asked for neither.
SELECT back.reverses_id::text AS about
FROM segmentation_posting p JOIN segmentation_waiverentry back ON back.number = p.entry_id
WHERE p.state = 'settled' AND back.reverses_id IS NOT NULL
