from django.db import migrations

FUNCTION = r"""
-- Advice to a customer whose erasure is approved: what was handed over stays by product and figure, no free word is left, and
-- nothing is drafted any more.
CREATE FUNCTION managers_erase_advice(erasure bigint, words text) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE ids bigint[] := customers_erasing(erasure);
BEGIN
    UPDATE managers_advice SET draft = NULL, version = version + 1 WHERE customer_id = ANY (ids);
    PERFORM set_config('pgtrigger.ignore', '{pgtrigger_append_only_0172e, pgtrigger_append_only_7b8c9, pgtrigger_append_only_dc58a}', true);
    UPDATE managers_adviceversion v SET goals = '–' FROM managers_advice a WHERE a.id = v.advice_id AND a.customer_id = ANY (ids);
    UPDATE managers_adviceline l SET reason = '–'
    FROM managers_adviceversion v JOIN managers_advice a ON a.id = v.advice_id
    WHERE v.id = l.version_id AND a.customer_id = ANY (ids);
    UPDATE managers_adviceanswer w SET words = ''
    FROM managers_adviceversion v JOIN managers_advice a ON a.id = v.advice_id
    WHERE v.id = w.version_id AND a.customer_id = ANY (ids);
    PERFORM set_config('pgtrigger.ignore', '{}', true);
    RETURN;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0130_privacy"), ("managers", "0075_advice")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION managers_erase_advice(bigint, text)")]
