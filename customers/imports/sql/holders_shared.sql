-- Gives shares to those who came without: owner 1, authorised 0, joint holders equal parts of the rest, rounded down.
WITH others AS (
    SELECT h.account_id, sum(h.share) AS share
    FROM customers_accountholder h
    WHERE h.account_id IN (SELECT v_account FROM import_rows WHERE ok)
      AND NOT EXISTS (SELECT FROM import_rows r
                      WHERE r.ok AND r.v_account = h.account_id AND r.v_customer = h.customer_id)
    GROUP BY h.account_id
),
counted AS (
    SELECT r.v_account AS account_id,
           sum(coalesce(r.v_share, CASE r.v_role WHEN 'owner' THEN 1 ELSE 0 END)) AS share,
           count(*) FILTER (WHERE r.v_share IS NULL AND r.v_role = 'joint') AS joint
    FROM import_rows r WHERE r.ok GROUP BY r.v_account
)
UPDATE import_rows r
SET v_share = CASE r.v_role
    WHEN 'owner' THEN 1
    WHEN 'authorised' THEN 0
    ELSE trunc(greatest(1 - c.share - coalesce(o.share, 0), 0) / c.joint, 8) END
FROM counted c LEFT JOIN others o ON o.account_id = c.account_id
WHERE r.ok AND r.v_share IS NULL AND c.account_id = r.v_account
