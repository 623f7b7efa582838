"""What consents, flags and risk assessments put on the page of a customer."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from crm.base.sql import rows_of
from customers.contacting.contactable import contactable_by, flags_of
from customers.contacting.suitability import suitability_of
from customers.models import Consent, Customer, Flag, Interaction, Purpose, RiskAssessment
from customers.timeline import Item, Source

EVENTS_SQL = Path(__file__).parent / "sql" / "events.sql"
SHOWN = 10


def _flags(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    """Whoever reads the customer for a page brings the kinds along."""
    kinds = getattr(customer, "flag_kinds", None)
    if kinds is None:
        kinds = [flag.kind for flag in flags_of(customer, timezone.now())]
    return {"flags": [Flag.Kind(kind).label for kind in kinds]} if kinds else None


def _permissions(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    user: Any = request.user
    now = timezone.now()
    marketing = contactable_by(customer, Purpose.MARKETING, now)
    labels = dict(Interaction.Channel.choices)
    return {
        "suitability": suitability_of(customer, timezone.localdate()),
        "assessments": RiskAssessment.objects.filter(customer=customer).select_related("by")[:SHOWN],
        "consents": Consent.objects.filter(customer=customer).select_related("by")[: SHOWN * 2],
        "flags": Flag.objects.filter(customer=customer).select_related("by")[:SHOWN],
        "today": timezone.localdate(),
        "channels": [(labels[channel], answer) for channel, answer in marketing.items()],
        "may": {
            verb: user.may(f"{resource}:write")
            for verb, resource in (("assess", "risk-assessments"), ("consent", "consents"), ("flag", "flags"))
        },
    }


FLAGS = Panel("flags", "customers/contacting/_flags.html", _flags, in_outline=True)
PERMISSIONS = Panel(
    "permissions",
    "customers/contacting/_permissions.html",
    _permissions,
    gettext_lazy("Suitability and consent"),
    "consents:read",
    in_outline=True,
)


ICONS = {"given": "checkbox", "withdrawn": "square-x", "raised": "flag", "ended": "flag-off", "assessed": "gauge"}


def _events(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    """Consents given and withdrawn, flags raised and ended, assessments."""
    if not user.may("consents:read"):
        return []
    asked = {"customer": customer.pk, "before": before, "most": limit}
    rows = rows_of(EVENTS_SQL, zone=settings.TIME_ZONE, today=timezone.localdate(), **asked)
    return [
        Item(at=row["at"], kind="permission", title=_said(row), icon=ICONS[row["what"]], by=row["by"]) for row in rows
    ]


def _said(row: dict[str, Any]) -> str:
    """A source of a flag may be private: the tab shows it."""
    match row["what"]:
        case "assessed":
            return _("Risk assessment: C%(level)s") % {"level": row["word"]}
        case "raised":
            return _("Flag: %(what)s") % {"what": Flag.Kind(row["word"]).label}
        case "ended":
            return _("Flag ended: %(what)s") % {"what": Flag.Kind(row["word"]).label}
    what = f"{Purpose(row['word']).label} · {Interaction.Channel(row['detail']).label}"
    text = _("Consent given: %(what)s") if row["what"] == "given" else _("Consent withdrawn: %(what)s")
    return text % {"what": what}


EVENTS = Source("permission", gettext_lazy("Suitability and consent"), _events, in_outline=True)
