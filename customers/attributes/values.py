"""A value as people and programs write it, and as it is kept."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from crm.base.money import rounded
from customers.models import Attribute

LONGEST, LARGEST = 200, Decimal(10) ** 16
Type = Attribute.Type


def kept(attribute: Attribute, written: Any) -> Any:
    """The typed value; None clears. Raises RuleBroken beside the attribute's field."""
    if written is None or written == "":
        return None
    try:
        return READERS[Type(attribute.type)](attribute, written)
    except (ValueError, InvalidOperation, TypeError):
        text = _("“%(value)s” can't stand in “%(attribute)s”.")
        said = {"value": str(written)[:60], "attribute": attribute}
        raise RuleBroken(text % said, field=attribute.field, code="invalid") from None


def _text(attribute: Attribute, written: Any) -> str:
    text = str(written).strip()
    if not isinstance(written, str) or not 0 < len(text) <= LONGEST or not text.isprintable():
        raise ValueError
    return text


def _number(attribute: Attribute, written: Any) -> Decimal:
    number = Decimal(str(written))
    if isinstance(written, bool) or not number.is_finite() or abs(number) >= LARGEST or number != round(number, 4):
        raise ValueError
    return number


def _money(attribute: Attribute, written: Any) -> Decimal:
    amount = _number(attribute, written)
    if amount != rounded(amount, settings.CRM_BASE_CURRENCY):
        raise ValueError
    return amount


def _day(attribute: Attribute, written: Any) -> date:
    return written if isinstance(written, date) else date.fromisoformat(str(written))


def _truth(attribute: Attribute, written: Any) -> bool:
    return {"true": True, "false": False}[str(written).lower()] if str(written).lower() in ("true", "false") else _no()


def _no() -> bool:
    raise ValueError


def _choice(attribute: Attribute, written: Any) -> str:
    if written not in [word["code"] for word in attribute.words]:
        raise ValueError
    return str(written)


READERS = {
    Type.TEXT: _text, Type.NUMBER: _number, Type.MONEY: _money, Type.DATE: _day, Type.BOOLEAN: _truth,
    Type.CHOICE: _choice,
}  # fmt: skip


def plain(told: Mapping[str, Any]) -> Any:
    """For programs, of a value as `AttributeValueQuerySet.told` gives it: numbers as strings, days in ISO form."""
    cell = Attribute.CELL[Type(told["type"])]
    value = told[cell]
    if cell != "number" or value is None:
        return value
    number = Decimal(str(value))
    return f"{rounded(number, settings.CRM_BASE_CURRENCY) if told['type'] == Type.MONEY else number.normalize():f}"


def shown(attribute: Attribute, value: Any) -> str:
    """For people."""
    if value is None or value == "":
        return ""
    match Type(attribute.type):
        case Type.BOOLEAN:
            return _("Yes") if value else _("No")
        case Type.CHOICE:
            return str(dict(attribute.choices).get(value, value))
        case Type.MONEY:
            return f"{rounded(value, settings.CRM_BASE_CURRENCY):,f} {settings.CRM_BASE_CURRENCY}"
        case Type.NUMBER:
            return f"{value.normalize():,f}"
    return str(value)
