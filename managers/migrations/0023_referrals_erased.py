from django.db import migrations

FUNCTION = r"""
-- Referrals of a customer whose erasure is approved: no free word is left, and those that wait end.
CREATE FUNCTION managers_erase_referrals(erasure bigint, words text) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE ids bigint[] := customers_erasing(erasure);
BEGIN
    PERFORM set_config('pgtrigger.ignore', '{pgtrigger_only_its_answer_changes_3a203, pgtrigger_answered_once_7938c}', true);
    UPDATE managers_referral
    SET note = '',
        reason = CASE state WHEN 'accepted' THEN '' ELSE '–' END,
        answered_at = coalesce(answered_at, now()),
        state = CASE state WHEN 'waiting' THEN 'declined' ELSE state END,
        version = version + 1
    WHERE customer_id = ANY (ids);
    PERFORM set_config('pgtrigger.ignore', '{}', true);
    RETURN;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0130_privacy"), ("managers", "0022_referrals")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION managers_erase_referrals(bigint, text)")]
