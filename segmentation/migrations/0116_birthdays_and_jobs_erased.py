from django.db import migrations

FUNCTION = r"""
-- Reasons and notes about a customer whose erasure is approved, and changes whose figures tell the birth date or the occupation.
-- Other figures, decisions and entries stay under the number. Gives the looks at such a change, which said it in one sentence.
CREATE OR REPLACE FUNCTION segmentation_erase(erasure bigint, words text) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    ids bigint[] := customers_erasing(erasure);
    telling text[] := (SELECT array_agg(id::text) FROM segmentation_change
                       WHERE customer_id = ANY (ids) AND kind IN ('birthday', 'job'));
BEGIN
    PERFORM set_config('pgtrigger.ignore', '{pgtrigger_only_its_end_changes_f1be5, pgtrigger_only_its_end_changes_b55ae, pgtrigger_append_only_9fb8e, pgtrigger_never_changes_5861d,
        pgtrigger_append_only_ea990, pgtrigger_four_eyes_59ede, pgtrigger_never_changes_3407e, pgtrigger_kept_9f6d3, pgtrigger_append_only_7d947}', true);
    UPDATE segmentation_tieroverride SET reason = '' WHERE customer_id = ANY (ids);
    UPDATE segmentation_entitlementoverride SET reason = '' WHERE customer_id = ANY (ids);
    UPDATE segmentation_entitlementuse SET place = '', note = '' WHERE customer_id = ANY (ids) OR owner_id = ANY (ids);
    UPDATE segmentation_productanswer SET note = '' WHERE customer_id = ANY (ids);
    UPDATE segmentation_goldcard SET note = '' WHERE customer_id = ANY (ids);
    UPDATE segmentation_waiverentry SET reason = customers_unworded(reason, words)
    WHERE customer_id = ANY (ids) AND reason <> '';
    DELETE FROM segmentation_change WHERE id::text = ANY (telling) AND customer_id = ANY (ids);
    UPDATE segmentation_change SET figures = customers_unworded(figures, words) WHERE customer_id = ANY (ids);
    RETURN QUERY
    UPDATE audit_event SET object_label = '****'
    WHERE customer_id = ANY (ids) AND object_type = 'segmentation.change' AND object_id = ANY (telling)
    RETURNING id;
    PERFORM set_config('pgtrigger.ignore', '{}', true);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("customers", "0130_privacy"), ("segmentation", "0115_erasure")]
    operations = [migrations.RunSQL(FUNCTION, migrations.RunSQL.noop)]
