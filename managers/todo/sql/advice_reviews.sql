-- Newest versions of advice whose review is due, of customers who stand; what was declined needs none.
SELECT a.customer_id, v.id::text AS about, v.review_on AS due_on,
       jsonb_build_object('id', a.id, 'number', v.number, 'handed_on', v.handed_on, 'review_on', v.review_on) AS figures
FROM managers_adviceversion v
JOIN managers_advice a ON a.id = v.advice_id
JOIN customers_customer c ON c.id = a.customer_id
WHERE v.review_on <= %(day)s
  AND NOT EXISTS (SELECT FROM managers_adviceversion n WHERE n.advice_id = v.advice_id AND n.number > v.number)
  AND NOT EXISTS (SELECT FROM managers_adviceanswer w WHERE w.version_id = v.id AND w.outcome = 'declined')
  AND c.merged_into_id IS NULL AND c.status NOT IN ('closed', 'deceased')
