-- The state of the charges that a check would correct, in a word: another one once anything of them has changed.
SELECT md5(coalesce(string_agg(concat_ws(':', l.charge_id, l.due, l.waits, ch.waived, s.entries, s.open), ',' ORDER BY l.charge_id), ''))
FROM segmentation_leak l
JOIN customers_feecharge ch ON ch.id = l.charge_id
LEFT JOIN LATERAL (
    SELECT count(*) AS entries, count(*) FILTER (WHERE p.state = 'open') AS open
    FROM segmentation_waiverentry e LEFT JOIN segmentation_posting p ON p.entry_id = e.number WHERE e.charge_id = l.charge_id
) s ON true
WHERE l.waiver_check_id = %(check)s
