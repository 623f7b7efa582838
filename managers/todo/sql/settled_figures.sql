-- Figures that were corrected, or whose kind allows more, so that they moved by no more than that; and of a company that left.
SELECT t.about
FROM managers_task t
WHERE t.kind = 'figure_alert' AND t.state = 'open' AND (EXISTS (
    SELECT FROM customers_customer c WHERE c.id = t.customer_id AND c.status IN ('closed', 'deceased')
) OR NOT EXISTS (
    SELECT FROM customers_companyfigure f
    JOIN customers_figurekind k ON k.id = f.kind_id
    JOIN customers_companyfigure b ON b.customer_id = f.customer_id AND b.kind_id = f.kind_id AND b.months = f.months
        AND b.through = f.since - 1 AND b.currency = f.currency AND b.value <> 0
    WHERE f.id = t.about::bigint
      AND (f.value <= b.value - abs(b.value) * k.falls_by OR f.value >= b.value + abs(b.value) * k.rises_by)))
