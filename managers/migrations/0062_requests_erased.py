from django.db import migrations

FUNCTION = r"""
-- Requests for a customer whose erasure is approved: what was granted stays by number, no free word is left, and what waits ends.
CREATE FUNCTION managers_erase_requests(erasure bigint, words text) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE ids bigint[] := customers_erasing(erasure);
BEGIN
    PERFORM set_config('pgtrigger.ignore', '{pgtrigger_only_its_decision_changes_2b22f, pgtrigger_decided_once_41a4c}', true);
    UPDATE managers_resourcerequest
    SET why = '–',
        declined_because = CASE WHEN state = 'granted' THEN '' ELSE '–' END,
        decided_at = coalesce(decided_at, now()),
        decided_by_id = coalesce(decided_by_id, asked_by_id),
        state = CASE WHEN state = 'granted' THEN state ELSE 'declined' END,
        version = version + 1
    WHERE customer_id = ANY (ids);
    PERFORM set_config('pgtrigger.ignore', '{}', true);
    RETURN;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0130_privacy"), ("managers", "0061_requests")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION managers_erase_requests(bigint, text)")]
