"""Thresholds as people write them in JSON, and figures as they are stored, turned into typed values."""

import re
from csv import reader
from datetime import date
from decimal import Decimal
from typing import Any as Anything

from django.utils.translation import gettext as _

from segmentation.rules.registry import Field, Type
from segmentation.rules.tree import Op, Operand, Value

MAX_LIST = 500
MAX_TEXT = 200
MONEY = re.compile(r"-?\d{1,15}(\.\d{1,4})?", re.ASCII)
LARGEST = 10**9


def operand(field: Field, op: Op, written: Anything) -> Operand:
    """The typed threshold; ValueError with a sentence for people."""
    if op == Op.IS_NULL:
        if not isinstance(written, bool):
            raise ValueError(_("is_null takes true or false."))
        return written
    if op == Op.BETWEEN:
        if not isinstance(written, list) or len(written) != 2:
            raise ValueError(_("between takes two values, the lower first."))
        low, high = (threshold(field, one) for one in written)
        if low > high:  # type: ignore[operator]  # both of the field's type
            raise ValueError(_("between takes two values, the lower first."))
        return (low, high)
    if op in (Op.IN, Op.NOT_IN):
        if not isinstance(written, list) or not 1 <= len(written) <= MAX_LIST:
            raise ValueError(_("a list of 1 to %(count)s values belongs here.") % {"count": MAX_LIST})
        return tuple(threshold(field, one) for one in written)
    return threshold(field, written)


def threshold(field: Field, written: Anything) -> Value:
    """One value of a policy file, strictly in the form of the field's type."""
    match field.type:
        case Type.MONEY | Type.NUMBER:
            if not isinstance(written, str) or not MONEY.fullmatch(written):
                raise ValueError(_('an amount with a decimal point, such as "30000.00", belongs here.'))
            return Decimal(written)
        case Type.INTEGER:
            if not isinstance(written, int) or isinstance(written, bool) or abs(written) > LARGEST:
                raise ValueError(_("a whole number belongs here."))
            return written
        case Type.BOOLEAN:
            if not isinstance(written, bool):
                raise ValueError(_("true or false belongs here."))
            return written
        case Type.DATE:
            return _day(written)
    if not isinstance(written, str) or not 1 <= len(written) <= MAX_TEXT or not written.isprintable():
        raise ValueError(_("a text of 1 to %(count)s characters belongs here.") % {"count": MAX_TEXT})
    if field.choices and written not in dict(field.choices):
        words = ", ".join(code for code, _label in field.choices)
        raise ValueError(_("this is one of %(words)s.") % {"words": words})
    return written


def _day(written: Anything) -> date:
    try:
        if isinstance(written, str) and len(written) == 10:
            return date.fromisoformat(written)
    except ValueError:
        written = None
    raise ValueError(_('a date, such as "1994-03-31", belongs here.'))


def figure(field: Field, stored: Anything) -> Anything:
    """A stored figure, typed or as text; None and the empty text are unknown, a set is a tuple of words."""
    if stored is None or stored == "":
        return None
    if field.is_set:
        return _words(stored)
    if not isinstance(stored, str):
        return stored
    match field.type:
        case Type.MONEY | Type.NUMBER:
            return Decimal(stored)
        case Type.INTEGER:
            return int(stored)
        case Type.DATE:
            return date.fromisoformat(stored)
        case Type.BOOLEAN:
            return stored == "true"
    return stored


def _words(stored: Anything) -> tuple[str, ...]:
    """Of a list, or of an array as PostgreSQL writes it: {fund,"time deposit"}."""
    if not isinstance(stored, str):
        return tuple(stored)
    return tuple(next(reader([stored[1:-1]], escapechar="\\"), ()))
