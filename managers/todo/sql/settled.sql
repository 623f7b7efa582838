-- What has settled itself leaves nothing to do; nobody closed it.
UPDATE managers_task t
SET state = 'done', closed_at = %(as_of)s, version = version + 1
FROM ({settled}) s
WHERE t.kind = %(kind)s AND t.state = 'open' AND t.about = s.about
