-- Reports the rows of accounts whose shares would sum to more than 1.
INSERT INTO import_bad (line, "column", code, value)
SELECT r.line, 'share', 'shares', '' FROM import_rows r
WHERE r.ok AND r.v_account IN (
    SELECT account_id FROM (
        SELECT v_account AS account_id, v_share AS share FROM import_rows WHERE ok
        UNION ALL
        SELECT h.account_id, h.share FROM customers_accountholder h
        WHERE h.account_id IN (SELECT v_account FROM import_rows WHERE ok)
          AND NOT EXISTS (SELECT FROM import_rows k
                          WHERE k.ok AND k.v_account = h.account_id AND k.v_customer = h.customer_id)
    ) s GROUP BY account_id HAVING sum(share) > 1)
