-- Tasks about certificates that were withdrawn or renewed since, or whose manager left.
SELECT t.about
FROM managers_task t JOIN managers_certificate c ON c.id::text = t.about JOIN identity_user u ON u.id = c.manager_id
WHERE t.kind = 'certificate_lapse' AND t.state = 'open'
  AND (c.withdrawn_at IS NOT NULL OR NOT u.is_active OR u.role <> 'manager' OR EXISTS (
      SELECT FROM managers_certificate n
      WHERE n.manager_id = c.manager_id AND n.kind = c.kind AND n.withdrawn_at IS NULL
        AND (n.valid_until IS NULL OR n.valid_until > c.valid_until)
  ))
