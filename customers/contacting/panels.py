"""What consents, flags and risk assessments put on the page of a customer."""

from datetime import datetime, time
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.panels import Panel
from customers.contacting.contactable import contactable_by, flags_of
from customers.contacting.suitability import suitability_of
from customers.models import Consent, Customer, Flag, Interaction, Purpose, RiskAssessment
from customers.timeline import Item, Source

SHOWN = 10


def _flags(request: HttpRequest, customer: Customer) -> dict[str, Any] | None:
    flags = flags_of(customer, timezone.now())
    return {"flags": flags} if flags else None


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


FLAGS = Panel("flags", "customers/contacting/_flags.html", _flags)
PERMISSIONS = Panel(
    "permissions",
    "customers/contacting/_permissions.html",
    _permissions,
    gettext_lazy("Suitability and consent"),
    "consents:read",
)


def _events(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    """Consents given and withdrawn, flags raised and ended, assessments."""
    found = [
        _item(row.given_at, "checkbox", _("Consent given: %(what)s") % {"what": row}, row.by)
        for row in Consent.objects.filter(customer=customer).select_related("by")
    ]
    found += [
        _item(row.withdrawn_at, "square-x", _("Consent withdrawn: %(what)s") % {"what": row})
        for row in Consent.objects.filter(customer=customer, withdrawn_at__isnull=False)
    ]
    for flag in Flag.objects.filter(customer=customer).select_related("by"):
        found.append(_item(_moment(flag.since), "flag", _("Flag: %(what)s") % {"what": flag}, flag.by))
        if flag.until and flag.until <= timezone.localdate():
            found.append(_item(_moment(flag.until), "flag-off", _("Flag ended: %(what)s") % {"what": flag}))
    for row in RiskAssessment.objects.filter(customer=customer).select_related("by"):
        title = _("Risk assessment: C%(level)s") % {"level": row.level}
        found.append(_item(_moment(row.assessed_on), "gauge", title, row.by))
    found.sort(key=lambda item: item.at, reverse=True)
    return [item for item in found if before is None or item.at < before][:limit]


def _item(at: datetime, icon: str, title: str, by: Any = None) -> Item:
    return Item(at=at, kind="permission", title=title, icon=icon, by=str(by or ""))


def _moment(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


EVENTS = Source("permission", gettext_lazy("Suitability and consent"), _events)
