"""What the editors ask: a key of the policy file each. A new key is a new line here."""

from collections.abc import Callable
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from customers.models import Customer, FeeType
from segmentation.editor.inputs import Amount, Choice, Field, Percent, Whole, Words
from segmentation.models import Tier
from segmentation.rules import FIELDS, Type


def kinds() -> list[tuple[str, Any]]:
    return list(Customer.Kind.choices)


def measures() -> list[tuple[str, Any]]:
    return [
        (each.name, capfirst(str(each.label)))
        for each in FIELDS.values()
        if each.type == Type.MONEY and each.may_set_prices
    ]


def calendars() -> list[tuple[str, Any]]:
    return [("monthly", _("Each month end")), ("dates", _("Days of the year"))]


def tiers() -> list[tuple[str, Any]]:
    return list(Tier.objects.order_by("scheme", "-rank").values_list("code", "name"))


def fees() -> list[tuple[str, Any]]:
    return list(FeeType.objects.order_by("name", "code").values_list("code", "name"))


SCHEME: tuple[Field, ...] = (
    Choice("customer_kind", _("For customers of the kind"), choices=kinds),
    Field("name", _("Name")),
    Field("currency", _("Currency"), width="short"),
    Choice("measure", _("Measure"), _("Shown as the gap to the next tier."), choices=measures),
)
REVIEW = Choice("review", _("Review"), choices=calendars)
DATES = Words("dates", _("Days of review"), _("Such as 06-30, 12-31."))
TIER: tuple[Field, ...] = (
    Field("code", _("Code"), width="short"),
    Field("name", _("Name")),
    Whole("grace_months", _("Grace"), unit=_("months"), width="short", lowest=False),
    Field("max_moves_percent.up", _("Breaker up"), unit="%", width="short"),
    Field("max_moves_percent.down", _("Breaker down"), unit="%", width="short"),
)
POLICY: tuple[Field, ...] = (
    Percent("ceiling", _("Ceiling"), _("No line waives more than this."), unit="%", width="short"),
)
LINE: tuple[Field, ...] = (
    Choice("tier", _("Tier"), choices=tiers),
    Choice("fee", _("Fee"), choices=fees),
    Percent("percent", _("Waived"), unit="%", width="short"),
    Amount("cap_per_fee", _("At most a fee"), width="short"),
    Amount("cap_per_month", _("At most a month"), width="short"),
    Field("currency", _("Currency"), width="short"),
)


def remembered(choices: Callable[[], list[tuple[str, Any]]]) -> Callable[[], list[tuple[str, Any]]]:
    """Asked once for all the rows of a page."""
    found: list[list[tuple[str, Any]]] = []

    def once() -> list[tuple[str, Any]]:
        if not found:
            found.append(choices())
        return found[0]

    return once
