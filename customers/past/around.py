"""Who stood around a customer on a past day: household, group, owners and companies, who answered for whom, and for how much."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from customers.companies.panels import is_company
from customers.companies.relations import MOST, Line, of_company, of_party
from customers.models import (
    CompanyGroup,
    CompanyRelation,
    CreditLimit,
    GroupMember,
    Guarantee,
    Household,
    HouseholdMember,
)
from customers.past.reading import Past
from customers.past.versions import standing, told

ORDER = ("-share", "since", "pk")


@dataclass(frozen=True)
class Relations:
    """`lines` of the others around a company, `companies` to which the customer belonged; `more` of both are not listed."""

    lines: list[Line]
    companies: list[Line]
    more: int


@dataclass(frozen=True)
class Together:
    """A household or a group: `members` in reach; `others` counts those out of reach."""

    all: Household | CompanyGroup
    since: date
    members: list[Any]
    others: int


@dataclass(frozen=True)
class Limits:
    limits: list[CreditLimit]
    received: list[Guarantee]
    given: list[Guarantee]


def relations_of(past: Past) -> Relations:
    """At most MOST of a kind, cut in the database: a company pays thousands."""
    kind = ("is_own", "kind")
    rows = _between(CompanyRelation, past.own("company-relations"), past.own("party-relations", "party"), past)
    rows = rows.annotate(
        place=Window(RowNumber(), partition_by=kind, order_by=ORDER), of_kind=Window(Count("pk"), partition_by=kind)
    )
    order = list(CompanyRelation.Kind)
    held = sorted(told(rows.filter(place__lte=MOST).order_by(*ORDER), past), key=lambda row: order.index(row.kind))
    counted = {(row.is_own, row.kind): row.of_kind for row in held}
    return Relations(
        lines=[of_party(row) for row in held if row.is_own],
        companies=[of_company(row) for row in held if not row.is_own],
        more=sum(max(count - MOST, 0) for count in counted.values()),
    )


def household_of(past: Past) -> Together | None:
    return _together(HouseholdMember, "household", "households", past)


def group_of(past: Past) -> Together | None:
    return _together(GroupMember, "group", "group-memberships", past)


def _together(model: Any, name: str, moved: str, past: Past) -> Together | None:
    mine = model.objects.holding(past.day).filter(past.own(moved)).select_related(name).first()
    if mine is None:
        return None
    everybody = list(model.objects.of(getattr(mine, f"{name}_id"), past.user).holding(past.day))
    members = [each for each in everybody if each.in_reach]
    return Together(getattr(mine, name), mine.since, members, len(everybody) - len(members))


def limits_of(past: Past) -> Limits:
    rows = _between(Guarantee, past.own("guarantees"), past.own("guarantees-given", "party"), past)
    answered = told(rows.order_by("-since", "pk"), past)
    limits = CreditLimit.objects.filter(past.own("credit-limits")).order_by("-since", "pk")
    return Limits(
        limits=told(standing(limits, past), past) if is_company(past.customer) else [],
        received=[row for row in answered if row.is_own],
        given=[row for row in answered if not row.is_own],
    )


def _between(model: Any, own: Q, others: Q, past: Past) -> QuerySet:
    """Rows that stood then, `is_own` where the customer was the company, with both ends."""
    rows = model.objects.filter(own | others).annotate(is_own=Case(When(own, then=True), default=False))
    return standing(rows.select_related("customer", "party", "outsider").with_reach(past.user), past)
