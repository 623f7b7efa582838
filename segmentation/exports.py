"""What other programs take from the tiers, as rows of text: a header, then a row each."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.exports import safe
from segmentation.answers import amount
from segmentation.models import Facts, FactsMonth, FeeDue, Published, TierPeriod, WaiverEntry
from segmentation.models.facts import Figures

Rows = Iterator[list[str]]
FACTS = [field.name for field in Figures._meta.get_fields()]
CHUNK = 5_000


def tier_periods(on: date | None) -> Rows:
    """All periods, or those holding on a day."""
    periods = TierPeriod.objects.holding(on) if on else TierPeriod.objects.all()
    yield ["customer", "tier", "since", "until", "scheme_version"]
    yield from _rows(
        periods.order_by("customer__number", "since"),
        "customer__number", "tier__code", "since", "until", "scheme_version__number",
    )  # fmt: skip


def waivers(on: date | None) -> Rows:
    """All ledger entries, or those of charges on a day."""
    entries = WaiverEntry.objects.filter(charged_on=on) if on else WaiverEntry.objects.all()
    yield ["customer", "account", "fee", "charged_on", "amount", "percent", "waived", "tier", "entry"]
    yield from _rows(
        entries.order_by("number"),
        "customer__number", "account__number", "fee_code", "charged_on", "amount", "percent", "waived", "tier__code", "number",
        currency="currency",
    )  # fmt: skip


def facts(on: date | None) -> Rows:
    """The facts of the published date, or of a month end."""
    published = Published.objects.first()
    day = on or (published.business_date if published else None)
    if day is None:
        raise RuleBroken(_("No night has been published: there are no facts yet."))
    figures: QuerySet = Facts.objects.all()
    if not published or published.business_date != day:
        figures = FactsMonth.objects.filter(business_date=day)
        if not published or day > published.business_date or not figures.exists():
            raise RuleBroken(
                _("No facts are kept of %(day)s: only of the published date and of month ends.") % {"day": day}
            )
    yield ["customer", "business_date", *FACTS]
    for number, *row in _rows(figures.order_by("customer__number"), "customer__number", *FACTS, currency="currency"):
        yield [number, str(day), *row]


def _rows(queryset: QuerySet, *paths: str, currency: str = "") -> Rows:
    """The values of the paths as text; amounts in the digits of the row's currency."""
    for row in queryset.values(*paths, *([currency] if currency else [])).iterator(chunk_size=CHUNK):
        code = row[currency] if currency else ""
        yield [_fraction(row[path]) if path == "percent" else _text(row[path], code) for path in paths]


def _fraction(value: Decimal) -> str:
    """At least two digits, whatever the currency: 0.10, 0.125."""
    short = value.quantize(Decimal("0.01"))
    return str(short if short == value else value.normalize())


def _text(value: Any, currency: str) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return amount(value, currency)
    return safe(value) if isinstance(value, str) else str(value)


def fees_due(on: date | None) -> Rows:
    """The fees of those who keep a tier below its level: all, or those of one review."""
    due = FeeDue.objects.filter(business_date=on) if on else FeeDue.objects.all()
    yield ["customer", "fee", "due_on", "amount", "currency", "tier", "scheme_version"]
    yield from _rows(
        due.order_by("business_date", "customer__number"),
        "customer__number", "fee_code", "business_date", "amount", "currency", "tier__code", "scheme_version__number",
        currency="currency",
    )  # fmt: skip


KINDS: dict[str, Callable[[date | None], Rows]] = {
    "tier_periods": tier_periods,
    "waivers": waivers,
    "facts": facts,
    "fees_due": fees_due,
}
