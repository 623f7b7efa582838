"""Feeds: what the night waits for, and who said that one is complete."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import Branch
from customers.models import (
    Account,
    AccountHolder,
    Balance,
    Customer,
    ExchangeRate,
    FeeCharge,
    Feed,
    FeedClosing,
    Interaction,
    Transaction,
)

Figures = tuple[int, Decimal | None]


def _dated(model: type[models.Model], day: str, amount: str) -> Callable[[date], Figures]:
    def figures(on: date) -> Figures:
        found = model._default_manager.filter(**{day: on})
        return found.count(), found.aggregate(total=Sum(amount))["total"] or Decimal(0)

    return figures


def _whole(model: type[models.Model]) -> Callable[[date], Figures]:
    return lambda on: (model._default_manager.count(), None)


CONTROL: dict[str, Callable[[date], Figures]] = {
    "balances": _dated(Balance, "on", "amount"),
    "transactions": _dated(Transaction, "booked_on", "amount"),
    "fees": _dated(FeeCharge, "charged_on", "amount"),
    "fx_rates": _dated(ExchangeRate, "on", "rate"),
    "interactions": lambda on: (Interaction.objects.filter(at__date=on).count(), None),
    "branches": _whole(Branch),
    "customers": _whole(Customer),
    "accounts": _whole(Account),
    "holders": _whole(AccountHolder),
}


class Mismatch(RuleBroken):
    """What came in is not what was announced."""


@transaction.atomic
def close(*, kind: str, through: date, by: Any, rows: int | None = None, total: Decimal | None = None) -> FeedClosing:
    """Say that a feed is complete through a date. A feed never opens again: an earlier date leaves it as it is.

    Control figures are those of the last day: the rows dated `through` and the sum of their amounts (of their rates,
    for exchange rates). Kinds without a date count all of their rows and have no total; nor have interactions.
    """
    if kind not in CONTROL:
        text = _("There is no feed %(kind)s; there are %(names)s.")
        raise RuleBroken(text % {"kind": kind, "names": ", ".join(sorted(CONTROL))}, field="kind", code="kind")
    received = CONTROL[kind](through)
    _compare(kind, through, received, rows, total)
    feed, _made = Feed.objects.select_for_update(no_key=True).get_or_create(kind=kind)
    feed.closed_through = max(through, feed.closed_through or through)
    feed.save(update_fields=["closed_through"])
    closing = FeedClosing.objects.create(
        feed=feed,
        through=through,
        rows=rows,
        total=total,
        received_rows=received[0],
        received_total=received[1],
        by_label=str(by)[:150],
    )
    audit.record("feed.closed", closing, by=by, feed=kind, through=through.isoformat())
    return closing


def _compare(kind: str, through: date, received: Figures, rows: int | None, total: Decimal | None) -> None:
    found_rows, found_total = received
    if total is not None and found_total is None:
        raise RuleBroken(_("The feed %(kind)s has no total.") % {"kind": kind}, field="total", code="total")
    if rows is not None and rows != found_rows:
        text = _("%(wanted)s rows were announced for %(day)s, and there are %(found)s.")
        raise Mismatch(text % {"wanted": rows, "day": through, "found": found_rows}, field="rows", code="mismatch")
    if total is not None and total != found_total:
        text = _("A total of %(wanted)s was announced for %(day)s, and it is %(found)s.")
        raise Mismatch(text % {"wanted": total, "day": through, "found": found_total}, field="total", code="mismatch")
