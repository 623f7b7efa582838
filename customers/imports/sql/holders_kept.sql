-- Leaves role and share of known holders as they are where the file has no such column.
UPDATE import_rows r
SET v_role = CASE WHEN %(role)s THEN r.v_role ELSE t.role END,
    v_share = CASE WHEN %(share)s THEN r.v_share ELSE t.share END
FROM customers_accountholder t
WHERE t.account_id = r.v_account AND t.customer_id = r.v_customer
