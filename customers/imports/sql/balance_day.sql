-- The same where no account has more than one day: nothing to put in order, nothing to add up.
summed AS (
    SELECT r.v_account AS account_id, d.month, r.v_date AS first_on, r.v_date AS last_on, r.v_balance AS held,
           NULL::numeric AS before, r.v_balance AS closing
    FROM import_effect r
    JOIN (SELECT DISTINCT found, date_trunc('month', found::timestamp)::date AS month FROM import_date) d
      ON d.found = r.v_date
)
