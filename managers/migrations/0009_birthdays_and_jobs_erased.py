from django.db import migrations

FUNCTION = r"""
-- Tasks about a customer whose erasure is approved: those that tell the birth date or the occupation go, of the others no word
-- of the customer is left, and the open ones end. Gives the events of the trail that said a task that goes in one sentence,
-- as what was looked at or as the reason of a call: of "Birthdays: turns 38 on 15 May" the name of the rule is left.
CREATE OR REPLACE FUNCTION managers_erase(erasure bigint, words text) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE ids bigint[] := customers_erasing(erasure);
BEGIN
    PERFORM set_config('pgtrigger.ignore', '{pgtrigger_only_its_closing_changes_087c5, pgtrigger_closed_once_c44ce, pgtrigger_kept_adf84, pgtrigger_append_only_7d947}', true);
    RETURN QUERY
    WITH gone AS (
        DELETE FROM managers_task
        WHERE customer_id = ANY (ids) AND kind = 'change' AND figures ->> 'kind' IN ('birthday', 'job')
        RETURNING managers_task.id, figures ->> 'rule' AS rule
    )
    UPDATE audit_event e
    SET object_label = CASE e.object_type WHEN 'managers.task' THEN g.rule ELSE e.object_label END,
        data = CASE WHEN e.data ? 'reason' THEN jsonb_set(e.data, '{reason}', to_jsonb(g.rule)) ELSE e.data END
    FROM gone g
    WHERE e.customer_id = ANY (ids)
      AND (e.object_type = 'managers.task' AND e.object_id = g.id::text OR starts_with(e.data ->> 'reason', g.rule || ': '))
    RETURNING e.id;
    UPDATE managers_task
    SET figures = customers_unworded(figures, words),
        remark = CASE state WHEN 'dismissed' THEN '–' ELSE '' END,
        closed_at = coalesce(closed_at, now()),
        state = CASE state WHEN 'open' THEN 'done' ELSE state END,
        version = version + 1
    WHERE customer_id = ANY (ids);
    PERFORM set_config('pgtrigger.ignore', '{}', true);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0130_privacy"), ("managers", "0008_erasure")]
    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
