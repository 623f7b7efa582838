-- Keeps the core's answers to what was open.
UPDATE segmentation_posting p
SET state = a.state, posted_on = a.posted_on, reason = a.reason, answered_at = now()
FROM unnest(%(entries)s::bigint[], %(states)s::text[], %(days)s::date[], %(reasons)s::text[]) AS a (entry, state, posted_on, reason)
WHERE p.entry_id = a.entry AND p.state = 'open'
