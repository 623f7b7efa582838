"""A change rule, parsed from the content of a policy file or of a stored version."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from crm.base.errors import RuleBroken
from customers.models import Customer
from segmentation.checks import currency, known_keys, not_late, one_of, text
from segmentation.models import ChangeRule
from segmentation.rules import EVERYBODY, Purpose, Rule, validate
from segmentation.rules.validation import refuse
from segmentation.schemes import CODE

Kind = ChangeRule.Kind
Makes = ChangeRule.Makes
COMMON = {"code", "name", "kind", "customer_kind", "tiers", "when", "makes", "due_days", "off"}
MONEY = {"amount", "currency", "days", "share", "quiet_days"}
# what a kind of rule asks beside what all have
OWN: Mapping[str, set[str]] = {
    Kind.INFLOW: MONEY,
    Kind.OUTFLOW: MONEY,
    Kind.LEFT: MONEY,
    Kind.TIER: {"moves"},
    Kind.MATURITY: {"days"},
    Kind.BIRTHDAY: {"days"},
    Kind.ADDRESS: set(),
    Kind.JOB: set(),
}
MOVES = ("up", "down", "watch")
MOST_DAYS = {Kind.INFLOW: 31, Kind.OUTFLOW: 31, Kind.LEFT: 366, Kind.MATURITY: 366, Kind.BIRTHDAY: 60}
AMOUNT = re.compile(r"\d{1,15}(\.\d{1,4})?", re.ASCII)
SHARE = re.compile(r"0(\.\d{1,4})?|1(\.0{1,4})?", re.ASCII)
MAX_TIERS, MAX_QUIET, MAX_DUE = 50, 366, 60


@dataclass(frozen=True)
class Definition:
    """`days` look back for money and ahead for birthdays and maturities; `share` is of what lay there before, None for any.

    For money that left, `amount` is what must have lain there. `quiet_days` after it spoke the rule says no more of the customer.
    """

    code: str
    name: str
    kind: str
    customer_kind: str
    tiers: tuple[str, ...]
    when: Rule
    makes: str
    due_days: int
    is_off: bool
    amount: Decimal | None = None
    currency: str = ""
    days: int = 0
    share: Decimal | None = None
    quiet_days: int = 0
    moves: tuple[str, ...] = ()

    @classmethod
    def parse(cls, content: Any, *, path: str = "change_rule") -> "Definition":
        """Raises RuleBroken with the path of what is wrong."""
        known_keys(content, COMMON | MONEY | {"moves"}, path)
        code, kind, is_off = content.get("code"), content.get("kind"), content.get("off", False)
        if not isinstance(code, str) or not CODE.fullmatch(code):
            refuse(f"{path}.code", _("a code of up to 32 small letters, digits, - and _ belongs here."))
        text(content.get("name"), 80, f"{path}.name")
        one_of(kind, list(Kind.values), f"{path}.kind")
        known_keys(content, COMMON | OWN[kind], path)
        if content.get("customer_kind", "") != "":
            one_of(content["customer_kind"], list(Customer.Kind.values), f"{path}.customer_kind")
        if not isinstance(is_off, bool):
            refuse(f"{path}.off", _("true or false belongs here."))
        one_of(content.get("makes", Makes.TASK), list(Makes.values), f"{path}.makes")
        return cls(
            code=code,
            name=content["name"],
            kind=kind,
            customer_kind=content.get("customer_kind", ""),
            tiers=_tiers(content, path),
            when=_rule(content, path),
            makes=content.get("makes", Makes.TASK),
            due_days=_whole(content.get("due_days", 3), 0, MAX_DUE, f"{path}.due_days"),
            is_off=is_off,
            **_own(content, Kind(kind), path),
        )


def _own(content: Mapping, kind: Kind, path: str) -> dict[str, Any]:
    asked: set[str] = OWN[kind]
    found: dict[str, Any] = {}
    if "amount" in asked:
        found["amount"] = _amount(content.get("amount"), f"{path}.amount")
        currency(content.get("currency"), f"{path}.currency")
        found["currency"] = content["currency"]
        found["share"] = _share(content, kind, f"{path}.share")
        found["quiet_days"] = _whole(content.get("quiet_days", 0), 0, MAX_QUIET, f"{path}.quiet_days")
    if "days" in asked:
        found["days"] = _whole(content.get("days"), 1, MOST_DAYS[kind], f"{path}.days")
    if "moves" in asked:
        found["moves"] = _moves(content.get("moves"), f"{path}.moves")
    return found


def _amount(written: Any, path: str) -> Decimal:
    if not isinstance(written, str) or not AMOUNT.fullmatch(written) or Decimal(written) <= 0:
        refuse(path, _('an amount over nothing as a string, such as "100000", belongs here.'))
    return Decimal(written)


def _share(content: Mapping, kind: Kind, path: str) -> Decimal | None:
    written = content.get("share")
    if written is None and kind != Kind.LEFT:
        return None
    if not isinstance(written, str) or not SHARE.fullmatch(written) or Decimal(written) == 0:
        refuse(path, _('a fraction as a string, such as "0.10" for 10 percent, belongs here.'))
    return Decimal(written)


def _whole(written: Any, least: int, most: int, path: str) -> int:
    if not isinstance(written, int) or isinstance(written, bool) or not least <= written <= most:
        refuse(path, _("a whole number from %(least)s to %(most)s belongs here.") % {"least": least, "most": most})
    return written


def _moves(written: Any, path: str) -> tuple[str, ...]:
    if not isinstance(written, list) or not written or any(move not in MOVES for move in written):
        refuse(path, _("a list of at least one of %(words)s belongs here.") % {"words": ", ".join(MOVES)})
    return tuple(move for move in MOVES if move in written)


def _tiers(content: Mapping, path: str) -> tuple[str, ...]:
    written = content.get("tiers", [])
    if not isinstance(written, list) or len(written) > MAX_TIERS:
        refuse(f"{path}.tiers", _("a list of codes of tiers belongs here."))
    for place, code in enumerate(written):
        text(code, 32, f"{path}.tiers[{place}]")
    return tuple(dict.fromkeys(written))


def _rule(content: Mapping, path: str) -> Rule:
    if not content.get("when"):
        return EVERYBODY
    rule = validate(content["when"], purpose=Purpose.CHANGE, path=f"{path}.when")
    not_late(rule, f"{path}.when")
    return rule


def readable(content: Mapping) -> Definition | None:
    """A stored one; None where this release no longer knows what its rule asks for."""
    try:
        return _parsed(json.dumps(content))
    except RuleBroken:
        return None


@lru_cache(maxsize=512)
def _parsed(content: str) -> Definition:
    return Definition.parse(json.loads(content))
