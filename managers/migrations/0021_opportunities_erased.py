from django.db import migrations

FUNCTION = r"""
-- Opportunities of a customer whose erasure is approved: no free word is left, and the open ones end as lost.
CREATE FUNCTION managers_erase_sales(erasure bigint, words text) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE ids bigint[] := customers_erasing(erasure);
BEGIN
    INSERT INTO managers_stagemove (opportunity_id, number, from_stage, to_stage, at, amount, currency, probability, lost_reason, reason)
    SELECT o.id, m.number + 1, o.stage, 'lost', now(), o.amount, o.currency, 0, 'left', ''
    FROM managers_opportunity o
    CROSS JOIN LATERAL (SELECT max(number) AS number FROM managers_stagemove WHERE opportunity_id = o.id) m
    WHERE o.customer_id = ANY (ids) AND o.closed_at IS NULL;
    UPDATE managers_opportunity
    SET next_step = '', next_on = NULL, competitors = '',
        lost_words = CASE lost_reason WHEN 'other' THEN '–' ELSE '' END,
        lost_reason = CASE WHEN closed_at IS NULL THEN 'left' ELSE lost_reason END,
        probability = CASE WHEN closed_at IS NULL THEN 0 ELSE probability END,
        stage = CASE WHEN closed_at IS NULL THEN 'lost' ELSE stage END,
        closed_at = coalesce(closed_at, now()),
        version = version + 1
    WHERE customer_id = ANY (ids);
    PERFORM set_config('pgtrigger.ignore', '{pgtrigger_append_only_e9d4f}', true);
    UPDATE managers_stagemove m SET reason = '–'
    FROM managers_opportunity o
    WHERE o.id = m.opportunity_id AND o.customer_id = ANY (ids) AND m.reason <> '';
    PERFORM set_config('pgtrigger.ignore', '{}', true);
    RETURN;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0130_privacy"), ("managers", "0020_opportunities")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION managers_erase_sales(bigint, text)")]
