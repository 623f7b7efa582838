"""Which assumptions a month is reckoned with, and what they say to its statements."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.conf import settings

from crm.base.days import midnight
from customers.models import Customer, Interaction, Product
from segmentation.models import ClosedMonth, ValueVersion
from segmentation.value.assumptions import DEPOSITS, Assumptions
from segmentation.value.known import Known
from segmentation.value.series import Key, most_special

YEAR = 12


def last_day(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def version_on(day: date) -> ValueVersion | None:
    return ValueVersion.objects.filter(effective_from__lte=day).order_by("-effective_from").first()


def version_of(month: date) -> ValueVersion | None:
    """The one in effect on the month's last day: once that day is published, no other can come before it."""
    return version_on(last_day(month))


def valued_months(*, through: date | None = None, most: int = YEAR) -> list[date]:
    """The newest closed months that were reckoned, the oldest first; at most those of a year."""
    first = ValueVersion.objects.order_by("effective_from").values_list("effective_from", flat=True).first()
    rows = ClosedMonth.objects.all()
    if through:
        rows = rows.filter(month__lte=through)
    months = list(rows.order_by("-month").values_list("month", flat=True)[:most])
    within = (month for month in months if _since(months[0]) <= month and first and last_day(month) >= first)
    return sorted(within) if months else []


def _since(month: date) -> date:
    """The first month of the year that ends with this one."""
    return date(month.year - 1 + month.month // YEAR, month.month % YEAR + 1, 1)


def rated(month: date, assumptions: Assumptions, known: Known) -> list[tuple[int, str, Any, Any]]:
    """Of each product that brings a margin: its line, margin and expected loss of a year, None where unknown."""
    rates, losses = assumptions.at("rates", month), assumptions.at("losses", month)
    return [(product.pk, *_rated(product, rates.get((product.code,)), losses)) for product in known.products]


def _rated(product: Product, rates: Any, losses: dict[Key, tuple[Decimal, ...]]) -> tuple[str, Any, Any]:
    margin = rates[1] - rates[0] if rates else None
    if product.family in DEPOSITS:
        return "deposits", margin, None
    found = most_special(losses, (product.code, product.family))
    return "loans", margin and -margin, found[0] * found[1] if found else None


def parameters(month: date, assumptions: Assumptions, known: Known | None = None) -> dict[str, Any]:
    """What the statements about a month ask for, beside whose month it is; no tier is decided in them, so no kind is."""
    last, known = last_day(month), known or Known()
    paid = assumptions.at("commissions", month).items()
    return {
        "run": None,
        "kinds": [],
        "lowests": [],
        "since": month,
        "day": last,
        "span": (last - month).days + 1,
        "assets": list(Product.Family.values),
        "base": settings.CRM_BASE_CURRENCY,
        "max_age": settings.CRM_FX_MAX_AGE,
        "zone": settings.TIME_ZONE,
        "since_at": midnight(month),
        "until_at": midnight(last + timedelta(days=1)),
        **known.currencies(last),
        **_columns(("products", "lines", "margins", "expected"), rated(month, assumptions, known)),
        **_columns(("channels", "purposes", "costs"), _costs(assumptions, month)),
        "cost_currency": assumptions.currency,
        **_columns(("kinds_paid", "percents"), [(kind, percent) for (kind,), (percent,) in paid]),
        **_columns(("kept_tiers", "kept_kinds", "kept"), _kept(assumptions, month, known)),
        "discount": assumptions.discount_rate,
    }


def _columns(names: tuple[str, ...], rows: Iterable[tuple]) -> dict[str, list[Any]]:
    """The rows as one array for each column."""
    rows = list(rows)
    return {name: [row[place] for row in rows] for place, name in enumerate(names)}


def _costs(assumptions: Assumptions, month: date) -> Iterator[tuple[str, str, Any]]:
    table = assumptions.at("costs", month)
    for channel in Interaction.Channel.values:
        for purpose in Interaction.Purpose.values:
            found = most_special(table, (channel, purpose))
            yield channel, purpose, found[0] if found else None


def _kept(assumptions: Assumptions, month: date, known: Known) -> Iterator[tuple[int, str, Any]]:
    """How many of a tier, or of those without one (0), stay for a year."""
    table = assumptions.at("retention", month)
    for pk, code, kind in [*known.tiers, *((0, "", kind) for kind in Customer.Kind.values)]:
        found = most_special(table, (code, kind))
        if found:
            yield pk, kind, found[0]
