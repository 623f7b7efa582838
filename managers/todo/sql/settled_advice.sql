-- Reviews of advice after which another version was handed over, which the customer declined, or whose customer left.
SELECT t.about
FROM managers_task t
JOIN managers_adviceversion v ON v.id::text = t.about
JOIN managers_advice a ON a.id = v.advice_id
JOIN customers_customer c ON c.id = a.customer_id
WHERE t.kind = 'advice_review' AND t.state = 'open' AND (
    c.merged_into_id IS NOT NULL OR c.status IN ('closed', 'deceased')
    OR EXISTS (SELECT FROM managers_adviceversion n WHERE n.advice_id = v.advice_id AND n.number > v.number)
    OR EXISTS (SELECT FROM managers_adviceanswer w WHERE w.version_id = v.id AND w.outcome = 'declined'))
