"""Who belongs to a company and which companies belong to a person, on any day, with what they have and owe at the bank.

A total is of those in reach alone: it tells nothing that the reader could not add up from pages that are open to them. Who
is out of reach is counted, and not named (docs/adr/0106).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from customers.companies.amounts import held_by, summed
from customers.companies.wording import share_said
from customers.models import CompanyRelation, Customer, OutsideParty

MOST = 200
Kind = CompanyRelation.Kind


@dataclass(frozen=True)
class Line:
    """A relation as one end of it reads it: the other end is a customer in reach, a name, or only known to exist."""

    relation: CompanyRelation
    customer: Customer | None
    name: str
    is_hidden: bool

    @property
    def outsider(self) -> OutsideParty | None:
        return self.relation.outsider

    @property
    def said(self) -> str:
        return share_said(self.relation.share)


@dataclass(frozen=True)
class Circle:
    """`kinds` with their lines; `people` are the distinct customers in reach whose `assets` and `debts` are summed by
    currency, `hidden` counts those out of reach, who are in neither sum. `more` lines are not listed, but summed."""

    kinds: list[tuple[str, list[Line]]]
    people: int
    hidden: int
    assets: dict[str, Decimal]
    debts: dict[str, Decimal]
    more: int = 0


def around(company: Customer, user: Any, on: date) -> Circle:
    """Its owners, those who run it, work for it, buy from it and sell to it. Two queries."""
    rows = list(_read(CompanyRelation.objects.filter(customer=company), user, on))
    lines = [of_party(row) for row in rows]
    counted = [line for line in lines if line.relation.kind in CompanyRelation.COUNTED]
    return _circle(lines, counted, on)


def companies_of(customer: Customer, user: Any, on: date) -> Circle:
    """The companies that a person, or a company, owns, runs or works for. Two queries."""
    rows = list(_read(CompanyRelation.objects.filter(party=customer), user, on))
    lines = [of_company(row) for row in rows]
    counted = [line for line in lines if line.relation.kind in (*CompanyRelation.COUNTED, Kind.PARENT)]
    return _circle(lines, [line for line in counted if line.relation.kind != Kind.EMPLOYEE], on)


def _read(rows: Any, user: Any, on: date) -> Any:
    rows = rows.holding(on).select_related("customer", "party", "outsider").with_reach(user)
    return rows.order_by("kind", "-share", "since", "pk")


def of_party(row: Any) -> Line:
    if row.outsider:
        return Line(row, None, str(row.outsider), False)
    return Line(
        row, row.party if row.sees_party else None, str(row.party) if row.sees_party else "", not row.sees_party
    )


def of_company(row: Any) -> Line:
    seen = row.sees_customer
    return Line(row, row.customer if seen else None, str(row.customer) if seen else "", not seen)


def _circle(lines: list[Line], counted: list[Line], on: date) -> Circle:
    seen = {line.customer.pk for line in counted if line.customer}
    held = held_by(seen, on)
    kinds = [(str(kind.label), [line for line in lines if line.relation.kind == kind][:MOST]) for kind in Kind]
    shown = sum(len(each) for _, each in kinds)
    return Circle(
        kinds=[(label, each) for label, each in kinds if each],
        people=len(seen),
        hidden=len({_end(line) for line in counted if line.is_hidden}),
        assets=summed(held.assets, seen),
        debts=summed(held.debts, seen),
        more=len(lines) - shown,
    )


def _end(line: Line) -> tuple[int | None, int]:
    """Whom one may not see, so that who is owner and director counts once."""
    return line.relation.party_id, line.relation.customer_id
