"""What the newest closed month tells of one customer, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from customers.models import Customer
from segmentation.models import Behaviour, ClosedMonth
from segmentation.rules import spoken
from segmentation.rules.registry.behaviour import BEHAVIOUR, FREQUENCY
from segmentation.rules.sentences import money

FIFTHS: dict[int | None, str | Promise] = {
    5: gettext_lazy("top fifth"),
    4: gettext_lazy("upper fifth"),
    3: gettext_lazy("middle fifth"),
    2: gettext_lazy("lower fifth"),
    1: gettext_lazy("bottom fifth"),
    None: pgettext_lazy("which fifth", "unknown"),
}


@dataclass(frozen=True)
class Line:
    """A figure in words; `fifth` from 1 to 5, the best, where the customer is compared with others."""

    label: str | Promise
    value: str
    about: str | Promise = ""
    fifth: int | None = None
    is_compared: bool = False

    @property
    def place(self) -> str | Promise:
        return FIFTHS[self.fifth]


@dataclass(frozen=True)
class Group:
    title: str | Promise
    lines: list[Line]


def behaviour_of(customer: Customer) -> Behaviour | None:
    """Of the newest closed month; None where no month tells of the customer."""
    newest = ClosedMonth.objects.values("month")[:1]
    return Behaviour.objects.filter(customer=customer, month__in=newest).first()


def last_day(month: date) -> date:
    return (month + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def said(found: Behaviour) -> list[Group]:
    """Compared figures first, then by families; amounts in the currency of the customer's kind."""
    lines = [Group(FREQUENCY, list(_compared(found)))]
    for title, fields in groupby(BEHAVIOUR, key=lambda field: field.family):
        if title is not FREQUENCY:
            told = [
                Line(field.label, spoken(field, getattr(found, field.name), found.currency), field.about)
                for field in fields
            ]
            lines.append(Group(title, told))
    return lines


def _compared(found: Behaviour) -> Iterator[Line]:
    yield Line(_("Last came"), _came(found.recency_days), "", found.recency_quintile, True)
    count: Any = found.transactions_year
    moved = _("unknown") if count is None else ngettext("%(n)s transaction", "%(n)s transactions", count)
    yield Line(_("In twelve months"), moved % {"n": f"{count:,}"} if count is not None else moved, "",
               found.frequency_quintile, True)  # fmt: skip
    turnover = _("unknown") if found.turnover_year is None else money(found.turnover_year, found.currency)
    yield Line(_("Moved in twelve months"), turnover, "", found.turnover_quintile, True)


def _came(days: int | None) -> str:
    if days is None:
        return _("never, as far as is known")
    if days == 0:
        return _("on the last day of the month")
    return ngettext("%(n)s day before the month's end", "%(n)s days before the month's end", days) % {"n": f"{days:,}"}
