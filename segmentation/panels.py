"""What tiers and waivers put on the page of a customer and into the list of customers."""

from datetime import datetime, timedelta
from typing import Any

import django_filters
from django.db.models import F, OuterRef, QuerySet, Subquery, Window
from django.db.models.functions import JSONObject, Lag
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2 import Column

from crm.base.days import midnight
from crm.base.panels import Panel
from crm.base.templatetags.frame import tag, tier_badge
from customers.lists import ListAddition, remembered
from customers.models import Customer
from customers.timeline import Item, Source
from segmentation.explain import Step
from segmentation.models import FreeAccount, Tier, TierPeriod, WaiverEntry
from segmentation.outlook import Outlook, outlook_of
from segmentation.rules import spoken
from segmentation.rules.sentences import money
from segmentation.waivers import SHOWN, charges_of, spared
from segmentation.why import reach, watch


def _badge(request: Any, customer: Customer) -> dict[str, Any] | None:
    outlook = outlook_of(customer)
    return {"explanation": outlook.explanation} if outlook and outlook.explanation else None


def _average(request: Any, customer: Customer) -> dict[str, Any] | None:
    outlook = outlook_of(customer)
    if outlook is None or outlook.facts is None or outlook.scheme is None:
        return None
    said = spoken(outlook.measure, outlook.amount, outlook.scheme.currency) if outlook.measure else ""
    return {"outlook": outlook, "currency": outlook.scheme.currency, "said": said}


def _gap(request: Any, customer: Customer) -> dict[str, Any] | None:
    outlook = outlook_of(customer)
    if outlook is None or outlook.scheme is None or not (outlook.next_step or outlook.watch):
        return None
    step = outlook.next_step
    return {
        "outlook": outlook,
        "step": reach(step, outlook.scheme) if step else "",
        "watch": watch(outlook.watch) if outlook.watch else "",
        "share": _share(outlook, step),
        "amount": spoken(outlook.measure, outlook.amount, outlook.scheme.currency) if outlook.measure else "",
    }


def _share(outlook: Outlook, step: Step | None) -> int | None:
    """How many percent of the way to the next tier the measure has come; None where it is not a way."""
    if step is None or not step.missing or outlook.amount is None or outlook.amount < 0:
        return None
    return int(outlook.amount * 100 / (outlook.amount + step.missing))


def _waivers(request: Any, customer: Customer) -> dict[str, Any]:
    may_waive = request.user.may("waivers:write")
    return {
        "charges": charges_of(customer),
        "spared": spared(customer),
        "most": SHOWN,
        "may_waive": may_waive,
        "free": FreeAccount.objects.open().filter(customer=customer).select_related("account").first(),
        "may_name": request.user.may("free-accounts:write"),
    }


BADGE = Panel("tier", "segmentation/_badge.html", _badge, in_outline=True)
AVERAGE = Panel("average", "segmentation/_figure.html", _average, gettext_lazy("Month average"))
GAP = Panel("gap", "segmentation/_now.html", _gap, gettext_lazy("Next tier"))
WAIVERS = Panel("waivers", "segmentation/_waivers.html", _waivers, gettext_lazy("Waivers"), "waivers:read")


def _moves(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    """The tier changes, each on the first day of the new tier."""
    periods = TierPeriod.objects.filter(customer=customer).annotate(
        was=Window(Lag("tier__name"), order_by=F("since").asc())
    )
    rows = sorted(periods.select_related("tier"), key=lambda period: period.since, reverse=True)
    why = reverse("customer_why", args=[customer.pk])
    items = [
        Item(
            at=midnight(row.since),
            kind="tier",
            title=_("%(before)s → %(after)s") % {"before": row.was, "after": row.tier.name}
            if row.was
            else row.tier.name,
            icon="stairs",
            why=f"{why}?on={row.since}",
        )
        for row in rows
    ]
    return [item for item in items if before is None or item.at < before][:limit]


def _spared(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    if not user.may("waivers:read"):
        return []
    entries = WaiverEntry.objects.filter(customer=customer).select_related("tier", "charge__fee")
    entries = entries.order_by("-charged_on", "-number")
    if before:
        entries = entries.filter(charged_on__lt=timezone.localtime(before).date() + timedelta(days=1))
    here = f"{reverse('customer', args=[customer.pk])}?tab=waivers"
    items = [
        Item(
            at=midnight(entry.charged_on),
            kind="waiver",
            title=_("Fee waived: %(amount)s") % {"amount": money(entry.waived, entry.currency)},
            icon="receipt-refund",
            url=here,
            meta=f"{entry.charge.fee} · {entry.tier}",
        )
        for entry in entries[: limit + 1]
    ]
    return [item for item in items if before is None or item.at < before][:limit]


MOVES = Source("tier", gettext_lazy("Tiers"), _moves)
SPARED = Source("waiver", gettext_lazy("Waivers"), _spared)


def _annotations() -> dict[str, Any]:
    standing = TierPeriod.objects.open().filter(customer=OuterRef("pk")).order_by()
    found = JSONObject(code="tier__code", name="tier__name", watch="months_below")
    return {"tier": Subquery(standing.values(found=found)[:1])}


class StandingColumn(Column):
    def render(self, value: Any) -> str:
        badge = tier_badge(value["name"], value["code"])
        return badge + SafeString(" ") + tag(_("watch"), "orange") if value["watch"] else badge

    def value(self, value: Any) -> str:
        return value["name"]


def _columns() -> list[tuple[str, Any]]:
    return [("tier", StandingColumn(verbose_name=_("Tier"), default="–"))]


def tiers() -> list[tuple[str, str]]:
    """Each code once, from the highest to the lowest."""
    return remembered("tiers", lambda: dict(Tier.objects.order_by("-rank", "pk").values_list("code", "name")))


def _standing(rows: QuerySet, name: str, code: str) -> QuerySet:
    return rows.filter(pk__in=TierPeriod.objects.open().filter(tier__code=code).values("customer_id")) if code else rows


def _filters() -> dict[str, django_filters.Filter]:
    return {"tier": django_filters.ChoiceFilter(label=_("Tier"), choices=tiers, method=_standing)}


LIST = ListAddition(annotations=_annotations, columns=_columns, filters=_filters)
