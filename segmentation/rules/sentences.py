"""A rule in words: "month average is at least 30,000.00 CZK"."""

from datetime import date
from decimal import Decimal
from typing import Any as Anything

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from crm.base.money import minor_unit
from segmentation.rules.registry import Field, Type, Unit
from segmentation.rules.tree import All, Not, Op, Predicate, Rule, Unknown


def sentence(rule: Rule, *, currency: str = "") -> str:
    """The whole rule; amounts are said in `currency`."""
    if isinstance(rule, Predicate):
        return _predicate(rule, currency)
    if isinstance(rule, Not):
        return _("not (%(rule)s)") % {"rule": sentence(rule.rule, currency=currency)}
    if not rule.rules:
        return _("every customer")
    word = (
        pgettext("between two conditions", " and ")
        if isinstance(rule, All)
        else pgettext("between two conditions", " or ")
    )
    return word.join(_part(part, currency, alone=len(rule.rules) == 1) for part in rule.rules)


def _part(rule: Rule, currency: str, *, alone: bool) -> str:
    text = sentence(rule, currency=currency)
    return text if alone or isinstance(rule, Predicate | Not) else f"({text})"


def _predicate(predicate: Predicate, currency: str) -> str:
    field, value = predicate.field, predicate.value
    if predicate.op == Op.IS_NULL:
        text = _("%(field)s is unknown") if value else _("%(field)s is known")
        return text % {"field": field.label}
    if predicate.op == Op.BETWEEN and isinstance(value, tuple):
        low, high = (spoken(field, one, currency) for one in value)
        text = _("%(field)s is between %(low)s and %(high)s") % {"field": field.label, "low": low, "high": high}
    else:
        several = value if isinstance(value, tuple) else (value,)
        said = ", ".join(spoken(field, one, currency) for one in several)
        text = f"{field.label} {predicate.op.label} {said}"
    if predicate.unknown == Unknown.FALSE:
        return text
    return f"{text} ({_('unknown')}: {predicate.unknown.label})"


def spoken(field: Field, value: Anything, currency: str = "") -> str:
    """One value as people read it."""
    match value:
        case None:
            return _("unknown")
        case tuple():
            return ", ".join(str(dict(field.choices).get(word, word)) for word in value) or _("nothing")
        case bool():
            return _("yes") if value else _("no")
        case Decimal() if field.type == Type.MONEY:
            return money(value, currency)
        case Decimal() if field.type == Type.INTEGER:
            return spoken(field, int(value), currency)
        case Decimal():
            return with_unit(field, f"{value.normalize():,f}")
        case int():
            return with_unit(field, f"{value:,}")
        case date():
            return date_format(value, "DATE_FORMAT")
    return str(dict(field.choices).get(value, value))


def with_unit(field: Field, said: str) -> str:
    return f"{said} {field.unit.label}" if field.unit != Unit.NONE else said


def money(amount: Decimal, currency: str = "") -> str:
    """30,000.00 CZK, never fewer digits than the amount has."""
    digits = max(minor_unit(currency), -int(amount.normalize().as_tuple().exponent))
    return f"{amount:,.{digits}f} {currency}".strip()
