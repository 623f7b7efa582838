-- A refused entry that was reversed has nothing left to do: the core is asked for neither.
UPDATE managers_task t
SET state = 'done', closed_at = %(as_of)s, version = version + 1
FROM segmentation_posting p JOIN segmentation_waiverentry back ON back.number = p.entry_id
WHERE p.state = 'settled' AND back.reverses_id IS NOT NULL
  AND t.kind = 'refused_posting' AND t.state = 'open' AND t.about = back.reverses_id::text
