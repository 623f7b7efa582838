"""The small-balance fee of a policy in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from segmentation.models import Exemption
from segmentation.rules.sentences import money
from segmentation.small_balance.definition import SmallBalance


def said_of(part: SmallBalance, tiers: dict[str, str], fees: dict[str, str]) -> list[tuple[str, str]]:
    """(heading, words): the fee, the floor, and each exemption in the order in which they are looked at.

    `tiers` and `fees` are names by code.
    """
    floor = money(part.floor, part.currency)
    said = [
        (_("Small-balance fee"), fees.get(part.fee, part.fee)),
        (_("Small-balance fee: floor"), _("a quarter's average of %(floor)s") % {"floor": floor}),
        (_("Small-balance fee: not paid by"), "; ".join(exemptions(part, tiers))),
    ]
    return said


def exemptions(part: SmallBalance, tiers: dict[str, str]) -> list[str]:
    months = ngettext("accounts opened within %(n)s month", "accounts opened within %(n)s months", part.new_months)
    words = {
        Exemption.NAMED: _("the one account that the customer has named"),
        Exemption.NEW: months % {"n": part.new_months},
        Exemption.PAYROLL: _("accounts into which salary is paid"),
        Exemption.LOAN: _("accounts from which a loan is repaid"),
        Exemption.CARD: _("accounts from which a card is paid off"),
        Exemption.FLOOR: _("accounts whose average is not under the floor"),
    }
    tier = part.tiers_from
    first = [_("tiers from %(tier)s on") % {"tier": tiers.get(tier, tier)}] if tier else []
    return first + [words[Exemption(each)] for each in part.exempt]
