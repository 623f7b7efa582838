-- Ends the states that tomorrow differ; what began tomorrow already, by hand, is replaced.
UPDATE segmentation_goldcard g
SET until = CASE WHEN g.since < m.ends THEN m.ends END,
    state = CASE WHEN g.since < m.ends THEN g.state ELSE m.state END,
    cause = CASE WHEN g.since < m.ends THEN g.cause ELSE m.cause END,
    note = CASE WHEN g.since < m.ends THEN g.note ELSE '' END,
    by_id = CASE WHEN g.since < m.ends THEN g.by_id END
FROM night_cards m WHERE g.id = m.card_id
