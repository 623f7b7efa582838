"""A level of a tier scheme, and what it may say beside its rule: a minimum hold, invitation, a fee instead of a fall."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm.base.money import minor_unit
from segmentation.checks import flag, known_keys, text
from segmentation.rules import Rule
from segmentation.rules.validation import refuse
from segmentation.rules.values import MONEY

EXTRA_KEYS = {"hold_months", "by_invitation", "below"}
MAX_HOLD = 120


@dataclass(frozen=True)
class BelowFee:
    """What is due for a review below the level; the amount is in the scheme's currency."""

    fee: str
    amount: Decimal


@dataclass(frozen=True)
class TierRule:
    """A level of a scheme. The lowest has no `when`. `limits` are the breaker's percents per direction.

    `hold_months`: for so long after an upgrade took effect nobody falls from it. `by_invitation`: no night lifts anybody
    into it. `below`: who is below the level keeps the tier and owes a fee.
    """

    code: str
    name: str
    when: Rule | None
    grace_months: int
    limits: Mapping[str, Decimal]
    hold_months: int = 0
    by_invitation: bool = False
    below: BelowFee | None = None


def extras_of(tier: Mapping, place: int, currency: Any, path: str) -> dict[str, Any]:
    """As keywords of TierRule. Raises RuleBroken with the path of what is wrong."""
    said = EXTRA_KEYS & set(tier)
    if place == 0:
        for key in sorted(said):
            refuse(
                f"{path}.{key}", _("the lowest tier takes everybody: nobody falls from it, nor needs an invitation.")
            )
    if "below" in said:
        for key in ("grace_months", "hold_months"):
            if tier.get(key):
                refuse(f"{path}.{key}", _("with a fee below the level nobody falls: neither grace nor hold is needed."))
    return {
        "hold_months": _hold(tier["hold_months"], f"{path}.hold_months") if "hold_months" in said else 0,
        "by_invitation": flag(tier["by_invitation"], f"{path}.by_invitation") if "by_invitation" in said else False,
        "below": _below(tier["below"], currency, f"{path}.below") if "below" in said else None,
    }


def _hold(months: Any, path: str) -> int:
    if not isinstance(months, int) or isinstance(months, bool) or not 0 <= months <= MAX_HOLD:
        refuse(path, _("a number of months from 0 to %(most)s belongs here.") % {"most": MAX_HOLD})
    return months


def _below(written: Any, currency: Any, path: str) -> BelowFee:
    known_keys(written, {"fee", "amount"}, path)
    text(written.get("fee"), 32, f"{path}.fee")
    amount = written.get("amount")
    if not isinstance(amount, str) or not MONEY.fullmatch(amount) or Decimal(amount) <= 0:
        refuse(f"{path}.amount", _('an amount as a string above zero, such as "10.00", belongs here.'))
    if isinstance(currency, str) and Decimal(amount) != round(Decimal(amount), minor_unit(currency)):
        refuse(f"{path}.amount", _("%(amount)s has more digits than %(code)s.") % {"amount": amount, "code": currency})
    return BelowFee(written["fee"], Decimal(amount))
