"""What may not be said of a company, beside the input that says it. What two rows say together, the database refuses."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.money import rounded
from customers.models import (
    CompanyNews,
    CompanyRelation,
    ContactPerson,
    CreditLimit,
    Customer,
    Guarantee,
    OutsideParty,
    Renewal,
    SiteVisit,
)
from customers.models.noted import Noted

Kind = CompanyRelation.Kind


def refuse_person(customer: Customer) -> None:
    if customer.kind == Customer.Kind.PERSON:
        raise RuleBroken(_("This is said of companies and institutions."), field="customer", code="no_company")


def refuse_row(row: Noted, as_of: date) -> None:
    """`as_of` is today."""
    for refuse in RULES[type(row)]:
        refuse(row, as_of)


def span(row: Any, as_of: date) -> None:
    if row.until is not None and row.until < row.since:
        raise RuleBroken(_("It can't end before it begins."), field="until")


def begun(row: Any, as_of: date) -> None:
    """A typing mistake of a year would have it hold for nobody knows how long."""
    if row.since > as_of:
        raise RuleBroken(_("This is told on the day itself or later, not before."), field="since")


def amount(row: Any, as_of: date) -> None:
    refuse_amount(row.amount, row.currency)


def refuse_amount(value: Decimal, currency: str) -> None:
    if len(currency) != 3 or not (currency.isascii() and currency.isalpha() and currency.isupper()):
        raise RuleBroken(_("A currency has three capital letters."), field="currency")
    if value <= 0:
        raise RuleBroken(_("The amount is more than nothing."), field="amount")
    if value != rounded(value, currency):
        raise RuleBroken(_("The amount has more decimals than the currency."), field="amount")


def share(row: CompanyRelation, as_of: date) -> None:
    if row.share is None:
        return
    if row.kind not in row.SHARED:
        raise RuleBroken(_("Only owners, buyers and suppliers have a share."), field="share")
    if not 0 < row.share <= 1:
        raise RuleBroken(_("A share is more than 0 and at most 100 %."), field="share")


def ends(row: CompanyRelation, as_of: date) -> None:
    """Persons run and work for a company, a company stands above it."""
    is_person = row.party.kind == Customer.Kind.PERSON if row.party else _is_person(row.outsider)
    if row.kind in row.OF_PERSONS and not is_person:
        raise RuleBroken(_("This can only be a person."), field="party")
    if row.kind == Kind.PARENT and is_person:
        raise RuleBroken(_("A parent is a company. A person is an owner."), field="party")


def _is_person(outsider: OutsideParty | None) -> bool:
    return outsider is not None and outsider.kind == OutsideParty.Kind.PERSON


def text(name: str) -> Callable[[Any, date], None]:
    """The field must say something."""

    def refuse(row: Any, as_of: date) -> None:
        if not getattr(row, name).strip():
            raise RuleBroken(_("This must not be empty."), field=name)

    return refuse


def past(name: str) -> Callable[[Any, date], None]:
    """The day has come."""

    def refuse(row: Any, as_of: date) -> None:
        day = getattr(row, name)
        if day is not None and day > as_of:
            raise RuleBroken(_("This is told on the day itself or later, not before."), field=name)

    return refuse


RULES: dict[type[Noted], tuple[Callable[[Any, date], None], ...]] = {
    CompanyRelation: (span, begun, share, ends),
    CreditLimit: (span, amount),
    Guarantee: (span, amount),
    ContactPerson: (text("name"), text("function"), span),
    SiteVisit: (text("findings"), past("visited_on")),
    CompanyNews: (text("source"), text("text"), past("on")),
    Renewal: (text("what"), past("done_on")),
}
