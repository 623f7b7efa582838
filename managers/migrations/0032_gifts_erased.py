from django.db import migrations

FUNCTION = r"""
-- Gifts to a customer whose erasure is approved: that and of which value they were given stays by number, what they were goes.
CREATE FUNCTION managers_erase_gifts(erasure bigint, words text) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE ids bigint[] := customers_erasing(erasure);
BEGIN
    PERFORM set_config('pgtrigger.ignore', '{pgtrigger_only_struck_out_86337, pgtrigger_struck_once_9a6d2}', true);
    UPDATE managers_gift
    SET what = '–', struck_because = CASE struck_because WHEN '' THEN '' ELSE '–' END
    WHERE customer_id = ANY (ids);
    PERFORM set_config('pgtrigger.ignore', '{}', true);
    RETURN;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0130_privacy"), ("managers", "0031_gifts")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION managers_erase_gifts(bigint, text)")]
