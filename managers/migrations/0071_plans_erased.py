from django.db import migrations

FUNCTION = r"""
-- Plans of a customer whose erasure is approved: figures and days stay by number, no free word is left, and what is open ends.
CREATE FUNCTION managers_erase_plans(erasure bigint, words text) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE ids bigint[] := ARRAY(SELECT id FROM managers_customerplan WHERE customer_id = ANY (customers_erasing(erasure)));
BEGIN
    UPDATE managers_customerplan
    SET needs = '', wallet_source = CASE WHEN wallet IS NULL THEN '' ELSE '–' END, closed_because = '–',
        closed_at = coalesce(closed_at, now()), version = version + 1
    WHERE id = ANY (ids);
    UPDATE managers_plangoal
    SET words = CASE kind WHEN 'other' THEN '–' ELSE '' END,
        dropped_because = CASE WHEN dropped_at IS NULL THEN '' ELSE '–' END
    WHERE plan_id = ANY (ids);
    UPDATE managers_planaction
    SET what = '–', reason = CASE state WHEN 'done' THEN '' ELSE '–' END,
        closed_at = coalesce(closed_at, now()), state = CASE state WHEN 'open' THEN 'dropped' ELSE state END
    WHERE plan_id = ANY (ids);
    PERFORM set_config('pgtrigger.ignore', '{pgtrigger_append_only_fd220, pgtrigger_only_its_closing_changes_087c5}', true);
    UPDATE managers_planreview SET words = '–' WHERE plan_id = ANY (ids);
    UPDATE managers_task SET figures = figures || '{"what": "–"}'
    WHERE kind = 'plan_action' AND customer_id = ANY (customers_erasing(erasure));
    PERFORM set_config('pgtrigger.ignore', '{}', true);
    RETURN;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0130_privacy"), ("managers", "0070_plans")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION managers_erase_plans(bigint, text)")]
