"""A change rule, parsed from the content of a policy file or of a stored version."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from segmentation.checks import (
    codeword,
    currency,
    customer_kind,
    flag,
    known_keys,
    one_of,
    rule,
    text,
    tier_codes,
    whole,
)
from segmentation.models import ChangeRule
from segmentation.rules import Purpose, Rule
from segmentation.rules.validation import refuse
from segmentation.stored import Stored

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
MAX_QUIET, MAX_DUE = 366, 60


@dataclass(frozen=True)
class Definition:
    """`days` look back for money and ahead for birthdays and maturities; `share` is of what lay there before, None for any.

    For money that left, `amount` is what must have lain there. `quiet_days` after it spoke the rule says no more of the customer;
    unsaid they are as many as `days`, so that what is seen on each of those days is told once.
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
        kind = content.get("kind")
        codeword(content.get("code"), f"{path}.code")
        text(content.get("name"), 80, f"{path}.name")
        one_of(kind, list(Kind.values), f"{path}.kind")
        known_keys(content, COMMON | OWN[kind], path)
        one_of(content.get("makes", Makes.TASK), list(Makes.values), f"{path}.makes")
        return cls(
            code=content["code"],
            name=content["name"],
            kind=kind,
            customer_kind=customer_kind(content.get("customer_kind", ""), f"{path}.customer_kind"),
            tiers=tier_codes(content.get("tiers", []), f"{path}.tiers"),
            when=rule(content.get("when"), Purpose.CHANGE, f"{path}.when"),
            makes=content.get("makes", Makes.TASK),
            due_days=whole(content.get("due_days", 3), 0, MAX_DUE, f"{path}.due_days"),
            is_off=flag(content.get("off", False), f"{path}.off"),
            **_own(content, Kind(kind), path),
        )


def _own(content: Mapping, kind: Kind, path: str) -> dict[str, Any]:
    asked: set[str] = OWN[kind]
    found: dict[str, Any] = {}
    if "days" in asked:
        found["days"] = whole(content.get("days"), 1, MOST_DAYS[kind], f"{path}.days")
    if "amount" in asked:
        quiet = content.get("quiet_days", found["days"])
        found["quiet_days"] = whole(quiet, 0, MAX_QUIET, f"{path}.quiet_days")
        found["amount"] = _amount(content.get("amount"), f"{path}.amount")
        currency(content.get("currency"), f"{path}.currency")
        found["currency"] = content["currency"]
        found["share"] = _share(content, kind, f"{path}.share")
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


def _moves(written: Any, path: str) -> tuple[str, ...]:
    if not isinstance(written, list) or not written or any(move not in MOVES for move in written):
        refuse(path, _("a list of at least one of %(words)s belongs here.") % {"words": ", ".join(MOVES)})
    return tuple(move for move in MOVES if move in written)


STORED = Stored(Definition.parse)
readable = STORED.readable
