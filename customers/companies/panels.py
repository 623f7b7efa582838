"""What companies put on the page of a customer, and into its timeline."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.base.days import midnight
from crm.base.panels import Panel
from customers.companies.amounts import held_by, summed
from customers.companies.people import lines_of
from customers.companies.reading import day_asked
from customers.companies.relations import around, companies_of
from customers.companies.sheets import sheets
from customers.companies.tree import tree
from customers.households.panels import RELATIONS as HOUSEHOLD
from customers.models import (
    CompanyFigure,
    CompanyNews,
    ContactPerson,
    CreditLimit,
    Customer,
    GroupMember,
    Guarantee,
    Renewal,
    SiteVisit,
)
from customers.querysets.companies import RENEWED_WITHIN
from customers.timeline import Item, Source
from customers.views.panels import show

SHOWN = 10


def is_company(customer: Customer) -> bool:
    return customer.kind != Customer.Kind.PERSON


def _may_write(request: Any, customer: Customer) -> bool:
    return request.user.may("companies:write") and not customer.merged_into_id


def _company(request: Any, customer: Customer) -> dict[str, Any]:
    user: Any = request.user
    today = timezone.localdate()
    figures = CompanyFigure.objects.filter(customer=customer, since__gte=today - timedelta(days=366 * 7))
    persons = ContactPerson.objects.filter(Q(until=None) | Q(until__gt=today), customer=customer)
    return {
        "sheets": sheets(figures.select_related("kind")),
        "persons": [(person, lines_of(person, user)) for person in persons.select_related("customer")],
        "visits": SiteVisit.objects.filter(customer=customer).select_related("by", "interaction")[:SHOWN],
        "news": CompanyNews.objects.filter(customer=customer).select_related("by")[:SHOWN],
        "may_write": _may_write(request, customer),
    }


def _limits(request: Any, customer: Customer) -> dict[str, Any]:
    """What is used is what it owes as of today, in each currency."""
    user: Any = request.user
    today = timezone.localdate()
    limits = list(CreditLimit.objects.filter(customer=customer))
    most: dict[str, dict[int, Any]] = {}
    for limit in limits:
        if limit.since <= today and (limit.until is None or limit.until > today):
            sums = most.setdefault(limit.currency, {customer.pk: 0})
            sums[customer.pk] += limit.amount
    used, allowed = summed(held_by([customer.pk], today).debts, [customer.pk]), summed(most, [customer.pk])
    rows = _guarantees(Q(customer=customer) | Q(party=customer), user, today)
    return {
        "limits": limits,
        "use": [(code, allowed.get(code), used.get(code)) for code in sorted({*allowed, *used})],
        "received": [row for row in rows if row.customer_id == customer.pk],
        "given": [row for row in rows if row.party_id == customer.pk],
        "renewals": Renewal.objects.filter(customer=customer).order_by("-done_on", "due_on")[: SHOWN * 2],
        "soon": today + RENEWED_WITHIN,
        "today": today,
        "may_write": _may_write(request, customer),
    }


def _guarantees(which: Q, user: Any, on: date) -> list[Guarantee]:
    """With `sees_customer`, `sees_party`: their ends out of reach are not named."""
    rows = Guarantee.objects.filter(which).holding(on).with_reach(user)
    return list(rows.select_related("customer", "party", "outsider"))


def _relations(request: Any, customer: Customer) -> dict[str, Any]:
    """`?on=` asks for a past day: who stood where, with what they had then."""
    user: Any = request.user
    found: dict[str, Any] = {"household": None if is_company(customer) else show(HOUSEHOLD, request, customer)}
    if not user.may("companies:read"):
        return found
    on = day_asked(request)
    found |= {"on": on, "is_today": on == timezone.localdate(), "companies": companies_of(customer, user, on)}
    if not is_company(customer):
        found["given"] = _guarantees(Q(party=customer), user, on)
    else:
        mine = GroupMember.objects.holding(on).filter(customer=customer).select_related("group").first()
        rows = GroupMember.objects.of(mine.group_id, user).holding(on) if mine else []
        found |= {
            "around": around(customer, user, on),
            "group": mine and mine.group,
            "steps": tree([row for row in rows if row.in_reach] if mine else [_alone(customer)], user, on),
            "others": len([row for row in rows if not row.in_reach]),
            "membership": mine,
            "may_group": user.may("groups:write"),
        }
    return found | {"is_company": is_company(customer), "may_write": _may_write(request, customer)}


def _alone(customer: Customer) -> GroupMember:
    return GroupMember(customer=customer)


def _alarms(customer: Customer) -> int:
    """Asked of companies alone: to word the question alone would take a tenth of a person's page."""
    return CompanyFigure.objects.filter(customer=customer).alarming().newest().count()


def _now(request: Any, customer: Customer) -> dict[str, Any] | None:
    alarms, renewal_on = _alarms(customer) if is_company(customer) else 0, getattr(customer, "renewal_on", None)
    if renewal_on and renewal_on > timezone.localdate() + RENEWED_WITHIN:
        renewal_on = None
    if not alarms and not renewal_on:
        return None
    return {"alarms": alarms, "renewal_on": renewal_on, "is_late": renewal_on and renewal_on < timezone.localdate()}


COMPANY = Panel("company", "customers/companies/_company.html", _company, _("Company"), "companies:read", is_company)
LIMITS = Panel(
    "limits", "customers/companies/_limits.html", _limits, _("Limits and guarantees"), "companies:read", is_company
)
RELATIONS = Panel("relations", "customers/companies/_relations.html", _relations, _("Relations"), "households:read")
NOW = Panel("company_signs", "customers/companies/_now.html", _now, _("Company"), "companies:read")

ICONS = {"good": "trending-up", "neutral": "news", "bad": "trending-down"}


def _news(customer: Customer, user: Any, before: datetime | None, limit: int) -> list[Item]:
    if not is_company(customer) or not user.may("companies:read"):
        return []
    rows = CompanyNews.objects.filter(customer=customer).select_related("by").order_by("-on", "-pk")
    if before:
        rows = rows.filter(on__lte=timezone.localdate(before - timedelta(microseconds=1)))
    return [_item(row) for row in rows[:limit]]


def _item(row: CompanyNews) -> Item:
    at = midnight(row.on)
    return Item(at=at, kind="news", title=row.source, text=row.text, by=str(row.by or ""), icon=ICONS[row.impact],
                meta=row.get_impact_display())  # fmt: skip


NEWS = Source("news", _("News"), _news)
