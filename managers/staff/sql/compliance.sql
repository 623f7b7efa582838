-- Tasks that the law or the bank's rules set, due in these days: 1 for each, and how many were closed in time. Of who was the
-- primary on the day it was due; one that was opened late had until the day it was opened.
SELECT a.manager_id, t.customer_id,
       (t.state = 'done'
        AND (t.closed_at AT TIME ZONE %(zone)s)::date <= greatest(t.due_on, (t.opened_at AT TIME ZONE %(zone)s)::date))::int AS part,
       1 AS whole
FROM managers_task t JOIN managers_assignment a
  ON a.customer_id = t.customer_id AND a.role = 'primary' AND a.since <= t.due_on AND (a.until IS NULL OR a.until > t.due_on)
WHERE t.kind IN ('kyc_due', 'document_expiring', 'renewal', 'refused_posting')
  AND t.due_on >= %(since)s AND t.due_on < %(until)s AND a.manager_id = ANY(%(managers)s)
