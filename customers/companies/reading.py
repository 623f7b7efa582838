"""What pages and REST show of a group, and the trail of who looked at it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date

from crm.base import signals
from customers.companies.rollup import roll_up
from customers.companies.tree import tree
from customers.models import CompanyGroup, Customer, GroupMember


def day_asked(request: HttpRequest) -> date:
    """`?on=`, at most today."""
    text, today = request.GET.get("on", ""), timezone.localdate()
    try:
        day = parse_date(text) if text else today
    except ValueError:
        day = None
    if day is None or day > today:
        raise Http404
    return day


def group_shown(group: CompanyGroup, user: Any, on: date) -> dict[str, Any]:
    """Sums of a past day would tell, day by day, what each member brought who came out of reach: they are of today alone."""
    rows = list(GroupMember.objects.of(group.pk, user))
    found = roll_up(group, rows, on)
    today = timezone.localdate()
    return {
        "roll_up": found,
        "steps": tree(found.members, user, on),
        "past": [each for each in rows if each.in_reach and each.until is not None and each.until <= today],
        "on": on,
        "is_today": on == today,
    }


def announce(members: Iterable[GroupMember], user: Any, what: str) -> None:
    """Who looked at a group looked at each of its members in reach: the trail of each says so."""
    for member in members:
        customer: Customer = member.customer
        signals.read.send(Customer, user=user, obj=customer, what=what, customer_id=customer.pk)
