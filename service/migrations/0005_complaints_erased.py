from django.db import migrations

ERASED = r"""
-- Tickets of a customer whose erasure is approved: no word and no file is left, neither of a complaint's answers, and those that are open end.
CREATE OR REPLACE FUNCTION service_erase_tickets(erasure bigint, words text) RETURNS SETOF bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp
AS $$
DECLARE ids bigint[] := customers_erasing(erasure);
DECLARE gone bigint[] := ARRAY(SELECT id FROM service_ticket WHERE customer_id = ANY (ids));
BEGIN
    PERFORM set_config('pgtrigger.ignore',
        '{pgtrigger_kept_2a46c, pgtrigger_never_changes_c925c, pgtrigger_never_changes_bd5ea, pgtrigger_never_changes_7d864}', true);
    DELETE FROM service_ticketattachment a USING service_ticketmessage m WHERE m.id = a.message_id AND m.ticket_id = ANY (gone);
    UPDATE service_ticketmessage SET body = '–' WHERE ticket_id = ANY (gone);
    UPDATE service_ticketstep SET told = told - 'reason' WHERE ticket_id = ANY (gone);
    UPDATE service_legalstep l SET words = '' FROM service_complaint c WHERE c.id = l.complaint_id AND c.ticket_id = ANY (gone);
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
    dependencies = [("service", "0004_complaints")]
    operations = [migrations.RunSQL(ERASED, migrations.RunSQL.noop)]
