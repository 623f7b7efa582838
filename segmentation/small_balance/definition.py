"""The small-balance fee in a waiver policy: the fee, the floor that a quarter's average must reach, and who never pays it.

    {"fee": "small_balance", "floor": "300.00", "currency": "CNY", "new_months": 3, "tiers_from": "gold",
     "exempt": ["named_account", "new_account", "payroll", "loan_repayment", "card_autopay", "floor"]}

The bank's core charges it. An exemption waives the whole charge: it is no discount, so that the ceiling does not hold it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm.base.money import minor_unit
from segmentation.checks import currency, known_keys, text
from segmentation.models.exemptions import Exemption
from segmentation.rules.validation import refuse
from segmentation.rules.values import MONEY

PATH = "waiver_policy.small_balance"
KEYS = {"fee", "floor", "currency", "new_months", "tiers_from", "exempt"}
# by the list; the tier's is given by `tiers_from`
LISTED = tuple(each.value for each in Exemption if each != Exemption.TIER)
MAX_MONTHS = 24


@dataclass(frozen=True)
class SmallBalance:
    """`tiers_from` is the code of the lowest tier that is exempt, "" for none."""

    fee: str
    floor: Decimal
    currency: str
    new_months: int
    tiers_from: str
    exempt: tuple[str, ...]

    @classmethod
    def parse(cls, content: Any) -> "SmallBalance":
        """Raises RuleBroken with the path of what is wrong."""
        known_keys(content, KEYS, PATH)
        text(content.get("fee"), 32, f"{PATH}.fee")
        currency(content.get("currency"), f"{PATH}.currency")
        if "tiers_from" in content:
            text(content["tiers_from"], 32, f"{PATH}.tiers_from")
        exempt = _exempt(content.get("exempt"))
        return cls(
            fee=content["fee"],
            floor=_floor(content),
            currency=content["currency"],
            new_months=_months(content, exempt),
            tiers_from=content.get("tiers_from", ""),
            exempt=exempt,
        )


def _floor(content: Mapping) -> Decimal:
    written = content.get("floor")
    if not isinstance(written, str) or not MONEY.fullmatch(written) or Decimal(written) <= 0:
        refuse(f"{PATH}.floor", _('an amount as a string above zero, such as "1000", belongs here.'))
    floor = Decimal(written)
    if floor != round(floor, minor_unit(content["currency"])):
        said = {"amount": floor, "code": content["currency"]}
        refuse(f"{PATH}.floor", _("%(amount)s has more digits than %(code)s.") % said)
    return floor


def _months(content: Mapping, exempt: tuple[str, ...]) -> int:
    if Exemption.NEW not in exempt and "new_months" not in content:
        return 0
    months = content.get("new_months")
    if not isinstance(months, int) or isinstance(months, bool) or not 1 <= months <= MAX_MONTHS:
        refuse(f"{PATH}.new_months", _("a number of months from 1 to %(most)s belongs here.") % {"most": MAX_MONTHS})
    return months


def _exempt(written: Any) -> tuple[str, ...]:
    if not isinstance(written, list) or not written:
        refuse(f"{PATH}.exempt", _("a list of those who do not pay belongs here: %(words)s.") % {"words": _words()})
    for place, word in enumerate(written):
        if word not in LISTED:
            refuse(f"{PATH}.exempt[{place}]", _("this is one of %(words)s.") % {"words": _words()})
        if word in written[:place]:
            refuse(f"{PATH}.exempt[{place}]", _("“%(code)s” stands here twice.") % {"code": word})
    return tuple(word for word in LISTED if word in written)


def _words() -> str:
    return ", ".join(LISTED)
