"""Who stood around a customer on a past day: household, group, owners and companies, who answered for whom, and for how much."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

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
from customers.past.versions import standing


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


def relations_of(past: Past, user: Any) -> Relations:
    rows = CompanyRelation.objects.filter(Q(customer=past.customer) | Q(party=past.customer))
    rows = rows.select_related("customer", "party", "outsider").with_reach(user).order_by("-share", "since", "pk")
    order = list(CompanyRelation.Kind)
    held = sorted(standing(rows, past), key=lambda row: order.index(row.kind))
    own = [of_party(row) for row in held if row.customer_id == past.customer.pk]
    others = [of_company(row) for row in held if row.customer_id != past.customer.pk]
    more = max(len(own) - MOST, 0) + max(len(others) - MOST, 0)
    return Relations(own[:MOST], others[:MOST], more)


def household_of(past: Past, user: Any) -> Together | None:
    return _together(HouseholdMember, "household", past, user)


def group_of(past: Past, user: Any) -> Together | None:
    return _together(GroupMember, "group", past, user)


def _together(model: Any, name: str, past: Past, user: Any) -> Together | None:
    mine = model.objects.holding(past.day).filter(customer=past.customer).select_related(name).first()
    if mine is None:
        return None
    everybody = list(model.objects.of(getattr(mine, f"{name}_id"), user).holding(past.day))
    members = [each for each in everybody if each.in_reach]
    return Together(getattr(mine, name), mine.since, members, len(everybody) - len(members))


def limits_of(past: Past, user: Any) -> Limits:
    own = past.customer.pk
    rows = Guarantee.objects.filter(Q(customer=own) | Q(party=own)).with_reach(user)
    answered = standing(rows.select_related("customer", "party", "outsider").order_by("-since", "pk"), past)
    limits = CreditLimit.objects.filter(customer=own).order_by("-since", "pk")
    return Limits(
        limits=standing(limits, past) if is_company(past.customer) else [],
        received=[row for row in answered if row.customer_id == own],
        given=[row for row in answered if row.party_id == own],
    )
