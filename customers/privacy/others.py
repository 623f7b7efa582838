"""What companies, calls, needs, cards and registrations tell a customer; what goes, what stays, and what forbids an erasure."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from customers import masking
from customers.models import (
    Call,
    CardOrder,
    CompanyFigure,
    CompanyNews,
    CompanyRelation,
    ContactPerson,
    CreditLimit,
    FieldCheck,
    GroupMember,
    Guarantee,
    Need,
    Origin,
    OutsideParty,
    Renewal,
    SiteVisit,
    Spoilage,
)
from customers.privacy.taking import Blanked, Category, Kept, Owned
from customers.privacy.telling import Told

FUNCTION, WORDS = "customers_erase_more", "customers_erase_words"
CONDUCT, PROFILE = Category.CONDUCT, Category.PROFILE
ON_ORDER = (CardOrder.State.ORDERED, CardOrder.State.PRINTED)


class Ends(Owned):
    """Rows between two customers, whichever end is erased."""

    def rows(self, ids: Sequence[int]) -> QuerySet:
        return self.model._default_manager.filter(Q(customer__in=ids) | Q(party__in=ids)).order_by()


class Named(Owned):
    """Parties outside the bank that the customers name."""

    def rows(self, ids: Sequence[int]) -> QuerySet:
        rows = [model.objects.filter(customer__in=ids).values("outsider") for model in (CompanyRelation, Guarantee)]
        return OutsideParty.objects.filter(Q(pk__in=rows[0]) | Q(pk__in=rows[1])).order_by()


class People(Told):
    """Other people, masked."""

    def told(self, row: dict[str, Any]) -> dict[str, Any]:
        return row | {name: MASKS[name](row[name]) for name in MASKS if name in row}


MASKS = {"name": masking.name, "phone": masking.phone, "email": masking.email}
TOLD = (
    Told("origin", _("How you came to the bank"), Origin, ("how", "said_on")),
    Told("confirmed-fields", _("What was confirmed"), FieldCheck, ("field", "confirmed_on", "asked_at")),
    Told("calls", _("Calls"), Call, ("begun_at", "ended_at", "state", "questions"), order=("begun_at",)),
    Told("needs", _("Needs"), Need, ("family", "wish", "is_met", "met_by", "quote", "noted_at", "withdrawn_at")),
    Told(
        "card-orders", _("Card orders"), CardOrder,
        ("account__number", "design__name", "embossed_name", "state", "ordered_at", "last_four", "printed_at", "closed_at"),
        names={"account__number": _("account"), "design__name": _("design")},
    ),
    Told(
        "company-figures", _("Figures of the company"), CompanyFigure,
        ("kind__name", "since", "through", "value", "currency"), order=("since", "pk"), names={"kind__name": _("figure")},
    ),
    Told("company-relations", _("Relations of the company"), CompanyRelation, ("kind", "share", "function", "since", "until", "remark")),
    Told(
        "relations-to-companies", _("Relations to companies"), CompanyRelation,
        ("customer__number", "kind", "share", "function", "since", "until"), "party__in", names={"customer__number": _("company")},
    ),
    Told("credit-limits", _("Credit limits"), CreditLimit, ("kind", "amount", "currency", "since", "until", "reference")),
    Told("guarantees", _("Guarantees"), Guarantee, ("kind", "amount", "currency", "what", "since", "until", "reference")),
    Told(
        "guarantees-given", _("Guarantees given"), Guarantee,
        ("kind", "amount", "currency", "what", "since", "until", "reference"), "party__in",
    ),
    People("contact-persons", _("Contact persons"), ContactPerson, ("name", "function", "phone", "email", "since", "until")),
    Told("site-visits", _("Site visits"), SiteVisit, ("visited_on", "met", "premises", "stock", "findings")),
    Told("company-news", _("News"), CompanyNews, ("on", "source", "text", "impact")),
    Told("renewals", _("Renewals"), Renewal, ("kind", "what", "due_on", "done_on", "remark")),
    Told("group", pgettext_lazy("of companies", "Group"), GroupMember, ("group__name", "since", "until"), names={"group__name": _("group")}),
)  # fmt: skip
TAKEN = (
    Blanked(_("Numbers of calls"), CONDUCT, Call, fields=("number_hash",)),
    Owned(_("Words of needs"), CONDUCT, Need, function=FUNCTION),
    Owned(_("Names on card orders"), CONDUCT, CardOrder, function=FUNCTION),
    Owned(_("Words on spoilt cards"), CONDUCT, Spoilage, "order__customer__in", function=WORDS),
    Named(_("Persons outside the bank, and why parties were corrected"), CONDUCT, OutsideParty, function=WORDS),
    Owned(_("Contact persons"), CONDUCT, ContactPerson, function=FUNCTION),
    Owned(_("Site visits"), CONDUCT, SiteVisit, function=FUNCTION),
    Owned(_("News"), CONDUCT, CompanyNews, function=FUNCTION),
    Owned(_("Renewals"), CONDUCT, Renewal, function=FUNCTION),
    Ends(_("Remarks on relations of companies"), CONDUCT, CompanyRelation, function=FUNCTION),
    Ends(_("What guarantees are given with"), CONDUCT, Guarantee, function=FUNCTION),
    Kept((CompanyFigure, CreditLimit, GroupMember), _("Figures, limits and memberships of a company, by number.")),
    Kept((Origin, FieldCheck), _("How a number came and which fields were confirmed names nobody.")),
)


def holds(ids: Sequence[int], on: date) -> Iterable[str]:
    """A card that is being made, a limit or a guarantee that holds."""
    running = Q(until=None) | Q(until__gt=on)
    if CardOrder.objects.filter(customer__in=ids, state__in=ON_ORDER).exists():
        yield _t("A card is on order.")
    if CreditLimit.objects.filter(running, customer__in=ids).exists():
        yield _t("A credit limit holds.")
    ends: Any = Q(customer__in=ids) | Q(party__in=ids)
    if Guarantee.objects.filter(ends, running).exists():
        yield _t("A guarantee holds.")
