"""Assumptions as people read them: table by table, each row with its key, its time and its figures in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.templatetags.frame import said_day
from customers.models import Customer, Interaction, Product
from segmentation.models import Tier
from segmentation.rules.sentences import money
from segmentation.value.assumptions import SHAPES, Assumptions
from segmentation.value.series import BEGINNING, Row, Shape
from segmentation.waivers import percent

LABELS: dict[str, str | Promise] = {
    "rates": gettext_lazy("Rates of products"),
    "costs": gettext_lazy("Costs of activities"),
    "losses": gettext_lazy("Expected losses"),
    "commissions": gettext_lazy("Commissions"),
    "retention": gettext_lazy("Retention"),
}
COLUMNS: dict[str, str | Promise] = {
    "product": gettext_lazy("Product"),
    "family": gettext_lazy("Family"),
    "channel": gettext_lazy("Channel"),
    "purpose": gettext_lazy("Purpose"),
    "kind": gettext_lazy("Kind"),
    "tier": gettext_lazy("Tier"),
    "customer_rate": gettext_lazy("Customer rate"),
    "transfer_rate": gettext_lazy("Transfer rate"),
    "cost": gettext_lazy("Cost"),
    "pd": gettext_lazy("Probability of default"),
    "lgd": gettext_lazy("Loss given default"),
    "percent": gettext_lazy("Share"),
    "rate": gettext_lazy("Stays for a year"),
}


@dataclass(frozen=True)
class Said:
    """A row: whom it is about, since when it holds, and its figures in the order of the columns."""

    key: str
    since: str
    figures: list[str]


@dataclass(frozen=True)
class Table:
    label: str | Promise
    figures: list[str | Promise]
    rows: list[Said]


@dataclass(frozen=True)
class Sheet:
    """All of a version; tables that hold nothing are left out."""

    currency: str
    discount: str
    tables: list[Table]


def sheet_of(assumptions: Assumptions) -> Sheet:
    return Sheet(assumptions.currency, percent(assumptions.discount_rate), tables_of(assumptions))


def tables_of(assumptions: Assumptions) -> list[Table]:
    """Those that hold anything."""
    words = _words()
    return [
        Table(
            LABELS[shape.name],
            [COLUMNS[figure.name] for figure in shape.figures],
            [_said(shape, row, words, assumptions.currency) for row in assumptions.tables[shape.name]],
        )
        for shape in SHAPES
        if assumptions.tables[shape.name]
    ]


def headed(assumptions: Assumptions) -> dict[Any, tuple[str, str]]:
    """(heading, words) of each row, to tell two versions apart."""
    found: dict[Any, tuple[str, str]] = {
        "currency": (_("Currency"), assumptions.currency),
        "discount": (_("Discount rate"), percent(assumptions.discount_rate)),
    }
    return found | dict(_headed(assumptions))


def _headed(assumptions: Assumptions) -> Iterator[tuple[Any, tuple[str, str]]]:
    words = _words()
    for shape in SHAPES:
        for row in assumptions.tables[shape.name]:
            said = _said(shape, row, words, assumptions.currency)
            names = (
                f"{COLUMNS[figure.name]}: {value}" for figure, value in zip(shape.figures, said.figures, strict=True)
            )
            yield (
                (shape.name, row.key, row.since),
                (f"{LABELS[shape.name]}: {said.key}, {said.since}", "; ".join(names)),
            )


def _said(shape: Shape, row: Row, words: dict[str, dict[str, Any]], currency: str) -> Said:
    named = [
        str(words.get(name, {}).get(value, value)) for name, value in zip(shape.keys, row.key, strict=True) if value
    ]
    figures = [
        money(value, currency) if figure.name == "cost" else percent(value)
        for figure, value in zip(shape.figures, row.figures, strict=True)
    ]
    return Said(" · ".join(named) or _("all others"), _time(row), figures)


def _time(row: Row) -> str:
    if row.since == BEGINNING:
        return _("until %(until)s") % {"until": said_day(row.until)} if row.until else _("always")
    return _("from %(since)s") % {"since": said_day(row.since)}


def _words() -> dict[str, dict[str, Any]]:
    return {
        "product": dict(Product.objects.values_list("code", "name")),
        "family": dict(Product.Family.choices),
        "channel": dict(Interaction.Channel.choices),
        "purpose": dict(Interaction.Purpose.choices),
        "tier": dict(Tier.objects.values_list("code", "name")),
        "kind": dict(Customer.Kind.choices),
    }
