-- Opens the states of tomorrow; a card that is gained is issued today.
INSERT INTO segmentation_goldcard (customer_id, state, cause, since, until, note)
SELECT m.customer_id, 'issued', 'entitled', %(day)s, %(day)s + 1, '' FROM night_cards m WHERE m.has_day
UNION ALL
SELECT m.customer_id, m.state, m.cause, m.starts, NULL, '' FROM night_cards m
WHERE NOT EXISTS (SELECT FROM segmentation_goldcard g WHERE g.id = m.card_id AND g.until IS NULL)
ORDER BY 1, 4
