-- Certificates of managers at work that end within 60 days, or have ended, and that no newer one of their kind renews.
SELECT c.manager_id, c.id::text AS about, c.valid_until AS due_on,
       jsonb_build_object('kind', c.kind, 'number', c.number, 'valid_until', c.valid_until) AS figures
FROM managers_certificate c JOIN identity_user u ON u.id = c.manager_id AND u.is_active AND u.role = 'manager'
WHERE c.withdrawn_at IS NULL AND c.valid_until <= %(day)s::date + 60
  AND NOT EXISTS (
      SELECT FROM managers_certificate n
      WHERE n.manager_id = c.manager_id AND n.kind = c.kind AND n.withdrawn_at IS NULL
        AND (n.valid_until IS NULL OR n.valid_until > c.valid_until)
  )
