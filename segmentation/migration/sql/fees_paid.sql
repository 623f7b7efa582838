-- What each customer paid in fees after the opening through the closing, net of waivers: the owner of the account, else the first joint holder.
SELECT h.customer_id, sum(f.net * r.rate) AS amount, bool_or(f.net <> 0 AND r.rate IS NULL) AS unknown
FROM (
    SELECT ch.account_id, ch.charged_on, k.currency, sum(ch.amount - ch.waived) AS net
    FROM customers_feecharge ch
    JOIN customers_account k ON k.id = ch.account_id
    WHERE ch.charged_on > %(opening)s AND ch.charged_on <= %(closing)s
    GROUP BY ch.account_id, ch.charged_on, k.currency
) f
JOIN (
    SELECT DISTINCT ON (x.account_id) x.account_id, x.customer_id, c.kind
    FROM customers_accountholder x
    JOIN customers_customer c ON c.id = x.customer_id
    WHERE x.role IN ('owner', 'joint')
    ORDER BY x.account_id, x.role <> 'owner', x.share DESC, c.number
) h ON h.account_id = f.account_id
LEFT JOIN rate r ON r.kind = h.kind AND r.own = f.currency AND r.day = f.charged_on
GROUP BY h.customer_id
