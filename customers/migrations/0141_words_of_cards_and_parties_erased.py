from django.db import migrations

# what was said of the customer's spoilt cards and of the parties outside the bank that the customer names; a person outside whom
# nobody else names goes altogether, but for the place in the relation
WORDS = r"""
CREATE FUNCTION customers_erase_words(erasure bigint, words text) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE
    ids bigint[] := customers_erasing(erasure);
    cards bigint[] := (SELECT array_agg(s.id) FROM customers_spoilage s JOIN customers_cardorder o ON o.id = s.order_id
                       WHERE o.customer_id = ANY (ids));
    named bigint[] := (SELECT array_agg(outsider_id) FROM (
        SELECT outsider_id FROM customers_companyrelation WHERE customer_id = ANY (ids)
        UNION SELECT outsider_id FROM customers_guarantee WHERE customer_id = ANY (ids)) AS either WHERE outsider_id IS NOT NULL);
    alone bigint[] := (SELECT array_agg(p.id) FROM customers_outsideparty p WHERE p.id = ANY (named) AND p.kind = 'person'
        AND NOT EXISTS (SELECT FROM customers_companyrelation r JOIN customers_customer c ON c.id = r.customer_id
                        WHERE r.outsider_id = p.id AND c.erased_on IS NULL AND c.id <> ALL (ids))
        AND NOT EXISTS (SELECT FROM customers_guarantee g JOIN customers_customer c ON c.id = g.customer_id
                        WHERE g.outsider_id = p.id AND c.erased_on IS NULL AND c.id <> ALL (ids)));
BEGIN
    PERFORM set_config('pgtrigger.ignore', '{pgtrigger_only_judged_dde3c, pgtrigger_taken_back_once_b0693, pgtrigger_append_only_d6de5,
        pgtrigger_corrected_by_version_29993, pgtrigger_append_only_cbad0, pgtrigger_append_only_7d947}', true);
    UPDATE customers_spoilage
    SET reason = customers_unworded(reason, words), taken_back_reason = customers_unworded(taken_back_reason, words)
    WHERE id = ANY (cards);
    UPDATE customers_blankmovement SET remark = customers_unworded(remark, words) WHERE spoilage_id = ANY (cards);
    DELETE FROM customers_outsidepartyevent WHERE pgh_obj_id = ANY (alone);
    UPDATE customers_outsideparty SET name = '****', country = '' WHERE id = ANY (alone);
    UPDATE customers_outsideparty SET reason = customers_unworded(reason, words) WHERE id = ANY (named);
    UPDATE customers_outsidepartyevent SET reason = customers_unworded(reason, words) WHERE pgh_obj_id = ANY (named);
    RETURN QUERY
    UPDATE audit_event e SET object_label = told.label, data = told.data
    FROM (
        SELECT known.id, customers_unworded(known.data, words) AS data,
               CASE WHEN known.object_id = ANY (alone::text[]) THEN '****' ELSE known.object_label END AS label
        FROM audit_event known
        WHERE known.object_type = 'customers.outsideparty' AND known.object_id = ANY (named::text[])
    ) AS told
    WHERE told.id = e.id AND (e.object_label, e.data) IS DISTINCT FROM (told.label, told.data)
    RETURNING e.id;
    PERFORM set_config('pgtrigger.ignore', '{}', true);
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("customers", "0140_outside_parties_corrected"),
    ]

    operations = [
        migrations.RunSQL(WORDS, "DROP FUNCTION customers_erase_words(bigint, text)"),
    ]
