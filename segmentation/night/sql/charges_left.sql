-- Reports charges that stay untaken: their policy line caps in another currency, or needs a figure that is unknown.
WITH stuck AS (
    SELECT k.customer_id, k.number, k.currency,
           l.currency NOT IN ('', k.currency) AND coalesce(l.cap_per_fee, l.cap_per_month) IS NOT NULL AS is_foreign
    FROM night_charge k
    JOIN LATERAL ({line}) l ON true
    LEFT JOIN segmentation_stagedwaiver s ON s.run_id = %(run)s AND s.charge_id = k.id
    WHERE s.id IS NULL
)
INSERT INTO jobs_rowerror (run_id, customer_id, line, "column", code, message, value)
SELECT %(run)s, customer_id, NULL, CASE WHEN is_foreign THEN 'cap' ELSE 'when' END,
       CASE WHEN is_foreign THEN 'cap_currency' ELSE 'figure_unknown' END,
       CASE WHEN is_foreign THEN 'The cap of the waiver line is not in ' || currency || ': charge ' || number
            ELSE 'A figure that the waiver line needs is unknown: charge ' || number END, ''
FROM stuck
