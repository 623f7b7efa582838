"""Last days that are near or over: told once each to who works on the complaint, the manager and the heads; never to whom it is about."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.base.sql import rows_of, run_text
from crm.base.templatetags.frame import said_day
from crm.identity.models import Branch, User
from crm.identity.services.alerts import notify_each
from crm.identity.services.heads import heads_of, heads_upwards
from service.models import LegalAlert
from service.tickets.numbers import spoken

SQL = Path(__file__).parent / "sql"
DAYS_AHEAD = 5


@transaction.atomic
def alert(*, at: datetime) -> int:
    """As often as one likes; how much was said."""
    run_text("SELECT pg_advisory_xact_lock(hashtext('legal clocks'))")  # of two one says it
    rows = rows_of(SQL / "alerted.sql", at=at, today=timezone.localdate(at), ahead=DAYS_AHEAD)
    heads = heads_of({row["branch_id"] for row in rows})
    told = [(key, _said(row), _url(row)) for row in rows for key in sorted(_whom(row, heads.get(row["branch_id"], [])))]
    active = set(
        User.objects.filter(is_active=True, pk__in={key for key, _text, _to in told}).values_list("pk", flat=True)
    )
    notify_each(told=[each for each in told if each[0] in active], at=at)
    return len(rows)


def _whom(row: dict[str, Any], heads: list[User]) -> set[int]:
    """Where it is about the only head, those above are told."""
    about = {row["about_id"]}
    above = {head.pk for head in heads} - about
    if not above and heads:
        branch = Branch.objects.get(pk=row["branch_id"])
        above = {head.pk for head in heads_upwards(branch)} - about
    return ({row["assignee_id"], row["manager_id"]} | above) - {None} - about


def _said(row: dict[str, Any]) -> str:
    words = {"number": spoken(row["number"]), "day": said_day(row["due_on"])}
    if row["level"] == LegalAlert.Level.BREACHED:
        return _("Complaint %(number)s was to be answered by %(day)s: the last day is over.") % words
    return _("Complaint %(number)s is to be answered by %(day)s.") % words


def _url(row: dict[str, Any]) -> str:
    return reverse("complaint", args=[row["complaint_id"]])
