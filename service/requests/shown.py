"""A request as its page shows it. Who sees the customer in outline reads what is asked, not what was said."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm.base.templatetags.frame import day, money
from crm.identity.scope import scope_of
from customers.models import Product
from service.models import ServiceRequest
from service.requests.definition import parsed
from service.requests.words import FieldType, State

HIDDEN = "•••"
COLOURS = {
    State.REQUESTED: "yellow", State.AUTHORISED: "blue", State.SENT: "blue", State.EXECUTED: "green",
    State.FAILED: "red", State.CANCELLED: "secondary",
}  # fmt: skip


def is_open_to(request: ServiceRequest, user: Any) -> bool:
    return scope_of(user).opens(request.customer)


def answers_for(request: ServiceRequest, user: Any) -> dict[str, Any]:
    """By code."""
    return request.answers if is_open_to(request, user) else dict.fromkeys(request.answers, HIDDEN)


def said_answers(request: ServiceRequest, user: Any) -> Iterator[tuple[str, Any]]:
    """(label, words) in the order of the form."""
    said, is_open = request.answers, is_open_to(request, user)
    for field in parsed(request.rules).fields:
        if field.code in said:
            yield _(field.label), _said(field.type, said[field.code]) if is_open else HIDDEN


def _said(kind: FieldType, value: Any) -> Any:
    match kind:
        case FieldType.AMOUNT:
            return money(Decimal(value["amount"]), value["currency"], "exact")
        case FieldType.DATE:
            return day(date.fromisoformat(value))
        case FieldType.PRODUCT:
            return Product.objects.filter(code=value).first() or value
        case FieldType.CHOICE:
            return _(value)
    return value
