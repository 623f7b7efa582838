from django.db import migrations

FUNCTION = r"""
-- Reasons and notes about a customer whose erasure is approved. Figures, decisions and entries stay under the number.
CREATE FUNCTION segmentation_erase(erasure bigint, words text) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE ids bigint[] := customers_erasing(erasure);
BEGIN
    PERFORM set_config('pgtrigger.ignore', '{pgtrigger_only_its_end_changes_f1be5, pgtrigger_only_its_end_changes_b55ae, pgtrigger_append_only_9fb8e, pgtrigger_never_changes_5861d,
        pgtrigger_append_only_ea990, pgtrigger_four_eyes_59ede, pgtrigger_never_changes_3407e}', true);
    UPDATE segmentation_tieroverride SET reason = '' WHERE customer_id = ANY (ids);
    UPDATE segmentation_entitlementoverride SET reason = '' WHERE customer_id = ANY (ids);
    UPDATE segmentation_entitlementuse SET place = '', note = '' WHERE customer_id = ANY (ids) OR owner_id = ANY (ids);
    UPDATE segmentation_productanswer SET note = '' WHERE customer_id = ANY (ids);
    UPDATE segmentation_goldcard SET note = '' WHERE customer_id = ANY (ids);
    UPDATE segmentation_waiverentry SET reason = customers_unworded(reason, words)
    WHERE customer_id = ANY (ids) AND reason <> '';
    UPDATE segmentation_change SET figures = customers_unworded(figures, words) WHERE customer_id = ANY (ids);
    PERFORM set_config('pgtrigger.ignore', '{}', true);
    RETURN;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0130_privacy"), ("segmentation", "0110_changes")]
    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION segmentation_erase(bigint, text)")]
