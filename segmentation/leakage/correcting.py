"""A correction: what stands of a check's charges is taken back and what is due is entered, once, by two people."""

from typing import Any

from django.db import connection, transaction
from django.db.models import F, Sum
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.base.sql import rows_of, run_sql
from segmentation.leakage.reckoning import SQL
from segmentation.models import Leak, Published, WaiverCheck, WaiverEntry

MOST = 200_000


def correctable(check: WaiverCheck) -> Any:
    """The leaks that a correction sets right; those that wait for the core are left for a later check."""
    return Leak.objects.filter(waiver_check=check, waits=False)


def check_correction(check: WaiverCheck) -> int:
    """How many charges it sets right. Raises RuleBroken."""
    if not check.run.has_ended:
        raise RuleBroken(_("The check has not ended."), field="check")
    if WaiverEntry.objects.filter(correction=check).exists():
        raise RuleBroken(_("This check has been corrected already."), field="check")
    count = correctable(check).count()
    if not count:
        raise RuleBroken(_("There is nothing to correct."), field="check")
    if count > MOST:
        raise RuleBroken(
            _("More than %(most)s charges: check fewer months at a time.") % {"most": f"{MOST:,}"}, field="check"
        )
    return count


def state_of(check: WaiverCheck) -> str:
    """Another word once anything of the charges has changed: an entry, an answer of the core."""
    return rows_of(SQL / "state.sql", check=check.pk)[0]["md5"]


@transaction.atomic
def correct(*, check: WaiverCheck, reason: str, by: Any, proposal: Proposal) -> int:
    """How many entries were written. `by` is who approved it. Raises RuleBroken, and then nothing has changed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('waiver ledger'))")
    check_correction(check)
    day = Published.objects.get().business_date
    said = {"check": check.pk, "day": day, "reason": reason, "proposal": proposal.pk}
    written = run_sql(SQL / "taken_back.sql", **said) + run_sql(SQL / "entered.sql", **said)
    run_sql(SQL / "charges_corrected.sql", check=check.pk)
    _reconcile(check)
    audit.record("waivers.corrected", check, by=by, entries=written, reason=reason)
    return written


def _reconcile(check: WaiverCheck) -> None:
    """What was written is what the check found, to the cent."""
    wrote = WaiverEntry.objects.filter(correction=check).aggregate(total=Sum("waived"))["total"] or 0
    found = correctable(check).aggregate(total=Sum(F("due") - F("waived")))["total"] or 0
    if wrote != found:
        raise RuleBroken(
            _("Written %(wrote)s, found %(found)s: nothing is changed.") % {"wrote": wrote, "found": found}
        )
