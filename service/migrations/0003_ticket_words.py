from django.db import migrations

NUMBERS = "CREATE SEQUENCE service_ticket_numbers START 1024001"

SEARCH = """
CREATE INDEX service_ticket_subject_grams ON service_ticket USING gin (grams(subject));
CREATE INDEX service_ticket_subject_latin ON service_ticket USING gin (upper(subject) gin_trgm_ops);
CREATE INDEX service_ticketmessage_body_grams ON service_ticketmessage USING gin (grams(body));
CREATE INDEX service_ticketmessage_body_latin ON service_ticketmessage USING gin (upper(body) gin_trgm_ops);
"""
NO_SEARCH = """
DROP INDEX service_ticket_subject_grams, service_ticket_subject_latin;
DROP INDEX service_ticketmessage_body_grams, service_ticketmessage_body_latin;
"""

ERASED = r"""
-- Tickets of a customer whose erasure is approved: no word and no file is left, and those that are open end.
CREATE FUNCTION service_erase_tickets(erasure bigint, words text) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE ids bigint[] := customers_erasing(erasure);
DECLARE gone bigint[] := ARRAY(SELECT id FROM service_ticket WHERE customer_id = ANY (ids));
BEGIN
    PERFORM set_config('pgtrigger.ignore',
        '{pgtrigger_kept_2a46c, pgtrigger_never_changes_c925c, pgtrigger_never_changes_bd5ea}', true);
    DELETE FROM service_ticketattachment a USING service_ticketmessage m WHERE m.id = a.message_id AND m.ticket_id = ANY (gone);
    UPDATE service_ticketmessage SET body = '–' WHERE ticket_id = ANY (gone);
    UPDATE service_ticketstep SET told = told - 'reason' WHERE ticket_id = ANY (gone);
    PERFORM set_config('pgtrigger.ignore', '{}', true);
    INSERT INTO service_ticketstep (ticket_id, at, act, status, says, told)
    SELECT id, now(), 'moved', 'closed', '', jsonb_build_object('from', status, 'to', 'closed')
    FROM service_ticket WHERE id = ANY (gone) AND status <> 'closed';
    UPDATE service_ticketclock SET ended_at = now() WHERE ticket_id = ANY (gone) AND ended_at IS NULL;
    UPDATE service_ticket
    SET subject = '–', status = 'closed', ended_at = coalesce(ended_at, now()), due_at = NULL, due_kind = '', warn_at = NULL,
        is_paused = false, version = version + 1
    WHERE id = ANY (gone);
    RETURN;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("base", "0001_extensions"), ("customers", "0130_privacy"), ("service", "0002_tickets")]
    operations = [
        migrations.RunSQL(NUMBERS, "DROP SEQUENCE service_ticket_numbers"),
        migrations.RunSQL(SEARCH, NO_SEARCH),
        migrations.RunSQL(ERASED, "DROP FUNCTION service_erase_tickets(bigint, text)"),
    ]
