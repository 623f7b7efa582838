from django.db import migrations

FUNCTION = r"""
-- Tasks about a customer whose erasure is approved: no word of them is left, and the open ones end.
CREATE FUNCTION managers_erase(erasure bigint, words text) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE ids bigint[] := customers_erasing(erasure);
BEGIN
    PERFORM set_config('pgtrigger.ignore', '{pgtrigger_only_its_closing_changes_087c5, pgtrigger_closed_once_c44ce}', true);
    UPDATE managers_task
    SET figures = customers_unworded(figures, words),
        remark = CASE state WHEN 'dismissed' THEN '–' ELSE '' END,
        closed_at = coalesce(closed_at, now()),
        state = CASE state WHEN 'open' THEN 'done' ELSE state END,
        version = version + 1
    WHERE customer_id = ANY (ids);
    PERFORM set_config('pgtrigger.ignore', '{}', true);
    RETURN;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0130_privacy"), ("managers", "0003_kinds_of_tasks")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION managers_erase(bigint, text)")]
