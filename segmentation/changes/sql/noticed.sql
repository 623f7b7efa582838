-- Keeps what is new. A change that is there already, and one within the quiet days of another, says nothing.
INSERT INTO segmentation_change (customer_id, rule_id, code, kind, about, day, due_on, quiet_until, figures, noticed_at)
SELECT n.customer_id, %(rule)s, %(code)s, %(kind)s, n.about, %(day)s, n.due_on, n.quiet_until, n.figures, %(at)s
FROM change_found n WHERE n.figures IS NOT NULL
ORDER BY n.customer_id, n.about
ON CONFLICT DO NOTHING
