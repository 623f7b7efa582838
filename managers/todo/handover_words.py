"""Tasks of a handover, each as one sentence."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from crm.base.templatetags.frame import said_day
from segmentation.rules.sentences import money


def meeting(figures: dict[str, Any]) -> str:
    """Figures: id of the handover, giver, and whether they are still at the bank."""
    if figures["stays"]:
        return _("Meet the customer together with %(giver)s, who handed them over to you.") % {
            "giver": figures["giver"]
        }
    return _("Introduce yourself: the customer was with %(giver)s, who has left.") % {"giver": figures["giver"]}


def check(figures: dict[str, Any]) -> str:
    """Figures: id of the handover, days, handed_on."""
    words = {"days": figures["days"], "day": said_day(date.fromisoformat(figures["handed_on"]))}
    return _("%(days)s days after the handover of %(day)s: ask how it goes, and keep what was promised.") % words


def loss(figures: dict[str, Any]) -> str:
    """Figures: id of the handover, before and now in a currency, handed_on."""
    words = {
        "before": money(Decimal(figures["before"]), figures["currency"]),
        "now": money(Decimal(figures["now"]), figures["currency"]),
        "day": said_day(date.fromisoformat(figures["handed_on"])),
    }
    return _("The balance fell from %(before)s to %(now)s since the handover of %(day)s.") % words
