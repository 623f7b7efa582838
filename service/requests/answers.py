"""What a customer said, by the fields of a form: read from the page or from JSON, each as its type asks for."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.money import minor_unit, rounded
from customers.models import Account, Customer, Product
from customers.portfolio import PAYING
from service.requests.definition import Field, Form
from service.requests.words import FieldType

LONGEST, MOST = 300, Decimal(10) ** 15


def accounts_of(customer: Customer) -> QuerySet[Account]:
    """Open ones that are the customer's own."""
    held = Account.objects.filter(holders__customer=customer, holders__role__in=PAYING, closed_on=None)
    return held.select_related("product").order_by("number").distinct()


def products_of(field: Field) -> QuerySet[Product]:
    rows = Product.objects.order_by("name")
    return rows.filter(family__in=field.words) if field.words else rows


def read_answers(form: Form, customer: Customer, said: Any, day: date) -> dict[str, Any]:
    """As they are kept. `said` is by code: a text each, of an amount {"amount": "10.00", "currency": "CNY"}. Raises RuleBroken."""
    if not isinstance(said, Mapping):
        raise RuleBroken(_("a JSON object belongs here."), field="answers")
    known = [each.code for each in form.fields]
    for code in said:
        if code not in known:
            raise RuleBroken(_("The form has no field “%(code)s”.") % {"code": str(code)[:40]}, field="answers")
    found: dict[str, Any] = {}
    for field in form.fields:
        value = said.get(field.code)
        if value not in (None, ""):
            found[field.code] = _read(field, customer, value, day)
        elif not field.is_optional:
            raise RuleBroken(_("“%(name)s” is missing.") % {"name": _(field.label)}, field=field.code, code="required")
    return found


def _read(field: Field, customer: Customer, value: Any, day: date) -> Any:
    if field.type == FieldType.AMOUNT:
        return _amount(field, value)
    if not isinstance(value, str):
        raise RuleBroken(_("A text belongs here."), field=field.code)
    value = " ".join(value.split())
    if not 1 <= len(value) <= LONGEST or not value.isprintable():
        text = _("A text of 1 to %(count)s characters belongs here.") % {"count": LONGEST}
        raise RuleBroken(text, field=field.code)
    match field.type:
        case FieldType.DATE:
            return _date(field, value, day)
        case FieldType.ACCOUNT if not accounts_of(customer).filter(number=value).exists():
            raise RuleBroken(_("This is no open account of the customer."), field=field.code)
        case FieldType.PRODUCT if not products_of(field).filter(code=value).exists():
            raise RuleBroken(_("There is no such product here."), field=field.code)
        case FieldType.CHOICE if value not in field.words:
            raise RuleBroken(_("This is one of: %(words)s.") % {"words": ", ".join(field.words)}, field=field.code)
    return value


def _amount(field: Field, value: Any) -> dict[str, str]:
    """More digits than the currency has are refused, not rounded."""
    said = value if isinstance(value, Mapping) else {"amount": value}
    currency = said.get("currency", field.words[0] if len(field.words) == 1 else "")
    if set(said) - {"amount", "currency"} or currency not in field.words:
        raise RuleBroken(_("The currency is one of: %(words)s.") % {"words": ", ".join(field.words)}, field=field.code)
    try:
        amount = Decimal(str(said.get("amount")).strip()) if not isinstance(said.get("amount"), float | bool) else None
    except InvalidOperation:
        amount = None
    if amount is None or not amount.is_finite() or not 0 < amount < MOST:
        raise RuleBroken(_("An amount above zero belongs here."), field=field.code)
    if amount != rounded(amount, currency):
        words = {"currency": currency, "digits": minor_unit(currency)}
        raise RuleBroken(_("%(currency)s has at most %(digits)s decimals.") % words, field=field.code)
    return {"amount": f"{rounded(amount, currency):f}", "currency": currency}


def _date(field: Field, value: str, day: date) -> str:
    try:
        found = parse_date(value) if len(value) == 10 else None
    except ValueError:
        found = None
    if found is None:
        raise RuleBroken(_("A date, such as 2026-03-31, belongs here."), field=field.code)
    if found < day:
        raise RuleBroken(_("This day has passed."), field=field.code)
    return found.isoformat()
