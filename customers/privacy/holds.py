"""What forbids an erasure, and what a law keeps although the customer is erased.

Slot "customer.holds": callables `(ids, day) -> Iterable[str]`, a sentence for each thing that is under way.

Kept by law: what tells who a customer was, and what moved on the accounts, for CRM_RETENTION_YEARS after the relation
ended: Anti-Money Laundering Law of the PRC (2024 revision, in force since 1 January 2025), article 34, ten years; its
article 19 of 2006 said five. While it is kept it is only stored: Personal Information Protection Law, article 47.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.approvals.models import Proposal
from crm.base.slots import contributions
from customers.models import AccountHolder, Customer, Flag
from customers.privacy.periods import RETENTION_YEARS

SLOT = "customer.holds"
KIND = "erasure"
GRAVE = (Flag.Kind.COURT_FREEZE, Flag.Kind.FRAUD_CASE, Flag.Kind.OPEN_COMPLAINT)


@dataclass(frozen=True)
class Holds:
    """`reasons` forbid the erasure as a whole. `until` is the first day on which what a law keeps may go, None for nothing."""

    reasons: tuple[str, ...]
    until: date | None
    ended_on: date | None


def subjects(customer: Customer) -> list[int]:
    """The record, and those that were merged into it: they are one person."""
    rows = Customer.objects.filter(Q(pk=customer.pk) | Q(merged_into=customer.pk)).order_by("pk")
    return list(rows.values_list("pk", flat=True))


def holds_of(customer: Customer, *, on: date) -> Holds:
    ids = subjects(customer)
    reasons = tuple(text for asked in (_own, *contributions(SLOT)) for text in asked(ids, on))
    held = AccountHolder.objects.filter(customer__in=ids).aggregate(ended=Max("account__closed_on"))
    until = held["ended"] and _years_after(held["ended"], RETENTION_YEARS)
    return Holds(reasons, until if until and until > on else None, held["ended"])


def _own(ids: Sequence[int], on: date) -> Iterable[str]:
    going_on = Q(account__closed_on=None) | Q(account__closed_on__gt=on)
    counted = AccountHolder.objects.filter(going_on, customer__in=ids).aggregate(n=Count("account", distinct=True))
    if accounts := counted["n"]:
        text = ngettext("%(n)s account is open.", "%(n)s accounts are open.", accounts)
        yield text % {"n": accounts}
    for flag in Flag.objects.holding(on).filter(customer__in=ids, kind__in=GRAVE).order_by("kind"):
        yield _("The flag “%(flag)s” holds.") % {"flag": flag}
    if proposals := _proposals(ids):
        text = ngettext(
            "%(n)s proposal about the customer is open.", "%(n)s proposals about the customer are open.", proposals
        )
        yield text % {"n": proposals}


def _proposals(ids: Sequence[int]) -> int:
    """Open ones, but for the erasure's own."""
    rows: Any = Proposal.objects.open().exclude(kind=KIND)
    found = [one for one in rows if one.has_kind and one.what.names_customers]
    return sum(bool(set(one.what.customers(one.content)) & set(ids)) for one in found)


def _years_after(day: date, years: int) -> date:
    """The day after as many years; of 29 February the first of March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
