"""What every policy file keeps to: known keys, short texts, currencies, percents. Each check refuses with the path."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from customers.models import Customer
from segmentation.rules import EVERYBODY, Purpose, Rule, predicates_at, validate
from segmentation.rules.validation import refuse, short

CODE = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}", re.ASCII)
SHARE = re.compile(r"\d{1,3}(\.\d{1,4})?", re.ASCII)
DIRECTIONS = ("up", "down")
MOST_TIERS = 50


def known_keys(content: Any, keys: set[str], path: str) -> None:
    """Refuses what is no JSON object, and keys that nobody reads."""
    if not isinstance(content, Mapping):
        refuse(path, _("a JSON object belongs here."))
    for key in content:
        if key not in keys:
            refuse(f"{path}.{short(key)}", _("this key is unknown here."))


def one_of(value: Any, words: list[str], path: str) -> None:
    if value not in words:
        refuse(path, _("this is one of %(words)s.") % {"words": ", ".join(words)})


def currency(code: Any, path: str) -> None:
    if not isinstance(code, str) or not re.fullmatch(r"[A-Z]{3}", code):
        refuse(path, _("a currency code of three capital letters belongs here."))


def text(value: Any, longest: int, path: str) -> None:
    if not isinstance(value, str) or not 1 <= len(value.strip()) <= longest or not value.isprintable():
        refuse(path, _("a text of 1 to %(count)s characters belongs here.") % {"count": longest})


def codeword(value: Any, path: str) -> str:
    if not isinstance(value, str) or not CODE.fullmatch(value):
        refuse(path, _("a code of up to 32 small letters, digits, - and _ belongs here."))
    return value


def flag(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        refuse(path, _("true or false belongs here."))
    return value


def whole(value: Any, least: int, most: int, path: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        refuse(path, _("a whole number from %(least)s to %(most)s belongs here.") % {"least": least, "most": most})
    return value


def customer_kind(value: Any, path: str) -> str:
    """ "" for customers of every kind."""
    if value != "":
        one_of(value, list(Customer.Kind.values), path)
    return value


def tier_codes(value: Any, path: str) -> tuple[str, ...]:
    """Each once; none for every tier."""
    if not isinstance(value, list) or len(value) > MOST_TIERS:
        refuse(path, _("a list of codes of tiers belongs here."))
    for place, tier in enumerate(value):
        text(tier, 32, f"{path}[{place}]")
    return tuple(dict.fromkeys(value))


def rule(value: Any, purpose: Purpose, path: str) -> Rule:
    """Everybody where nothing is asked."""
    if not value:
        return EVERYBODY
    found = validate(value, purpose=purpose, path=path)
    not_late(found, path)
    return found


def not_late(rule: Rule, path: str) -> None:
    """Figures that only a tier scheme has reckoned are known to nobody else."""
    for place, predicate in predicates_at(rule, path):
        if predicate.field.is_late:
            sentence = _("“%(name)s” is reckoned for tier schemes alone, and only while one looks at it.")
            refuse(f"{place}.field", sentence % {"name": predicate.name})


def limits(written: Any, path: str) -> dict[str, Decimal]:
    if isinstance(written, Mapping):
        known_keys(written, set(DIRECTIONS), path)
        return {direction: _share(share, f"{path}.{direction}") for direction, share in written.items()}
    return dict.fromkeys(DIRECTIONS, _share(written, path))


def _share(written: Any, path: str) -> Decimal:
    text = str(written) if isinstance(written, int | float | str) and not isinstance(written, bool) else ""
    if not SHARE.fullmatch(text) or Decimal(text) > 100:
        refuse(path, _("a percent from 0 to 100 belongs here."))
    return Decimal(text)


def shared_limits(written: Any, codes: list, path: str) -> dict[str, dict[str, Decimal]]:
    """The scheme's own breaker, for each tier that it concerns."""
    if written is None:
        return {}
    if isinstance(written, Mapping) and not set(written) <= set(DIRECTIONS):
        known_keys(written, {code for code in codes if isinstance(code, str)}, path)
        return {code: limits(share, f"{path}.{code}") for code, share in written.items()}
    return {code: limits(written, path) for code in codes if isinstance(code, str)}
