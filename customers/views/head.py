"""What stands above every tab of a customer's page."""

from typing import Any

from django.http import HttpRequest

from crm.base import signals
from crm.identity.models import User
from customers.history import shown
from customers.labels import heading_of
from customers.models import Customer
from customers.preferences.reading import lines_of
from customers.tables import STATUS_COLOURS

RECORD = ("sex", "birth_date", "region", "occupation", "education", "annual_income", "language")
PREFERENCES = ("preferred_channel", "preferred_time")


def look(customer: Customer, request: HttpRequest, what: str, **more: Any) -> None:
    """Somebody saw something of the customer: the trail keeps it."""
    signals.read.send(Customer, user=request.user, obj=customer, what=what, customer_id=customer.pk, **more)


def head_of(request: HttpRequest, customer: Customer, page_at: str = "") -> dict[str, Any]:
    """`page_at`: where the customer's page is, seen from this one. So menus and tabs are the same for every customer."""
    user = request.user
    may_write = user.may("customers:write")
    stands = customer.merged_into_id and Customer.objects.visible_to(user).filter(pk=customer.merged_into_id).first()
    return {
        "page_at": page_at,
        "stands_as": stands,
        "status_colour": STATUS_COLOURS[Customer.Status(customer.status)],
        "may_change": may_write and not customer.merged_into_id and not customer.erased_on,
        "may_assign": may_write and user.role == User.Role.HEAD,
        "may_tell": user.may("subject-exports:write"),
        "may_erase": user.may("erasures:write"),
        "may_read_transactions": user.may("transactions:read"),
    }


def record_of(customer: Customer, user: Any) -> list[tuple[str, str]]:
    """The fields that are known, and how the customer wants to be treated, in words."""
    told = getattr(customer, "preferences_told", []) if user.may("preferences:read") else []
    return known_of(customer, (*RECORD, *PREFERENCES)) + lines_of(told, user, customer)


def preferences_of(customer: Customer) -> list[tuple[str, str]]:
    """How to talk to the customer: nothing by which somebody could say they were them."""
    return known_of(customer, ("language", *PREFERENCES))


def known_of(record: Any, names: tuple[str, ...]) -> list[tuple[str, str]]:
    """The fields of which something is known, in words; `record` is the customer or a copy of a past day."""
    said = ((name, shown(record, Customer._meta.get_field(name))) for name in names)
    return [(heading_of(name, record.kind), value) for name, value in said if value]
