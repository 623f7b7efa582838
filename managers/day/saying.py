"""Why a row stands on the day, in one sentence."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.templatetags.frame import said_day
from customers.models import Product
from managers.models import DueContact
from managers.todo.saying import said_of
from segmentation.rules.sentences import money

Figures = dict[str, Any]


def task(figures: Figures, due_on: date) -> str:
    return said_of(figures["kind"], figures["figures"])


def contact(figures: Figures, due_on: date) -> str:
    what, days = DueContact.What(figures["what"]), (timezone.localdate() - due_on).days
    if what != DueContact.What.CONTACT:
        return _("%(what)s due on %(day)s") % {"what": what.label, "day": said_day(due_on)}
    if days > 0:
        return ngettext("Contact overdue for %(count)s day", "Contact overdue for %(count)s days", days) % {
            "count": days
        }
    return _("Contact due on %(day)s") % {"day": said_day(due_on)}


def tier(figures: Figures, due_on: date) -> str:
    """ "12,000.00 CNY short of Platinum, 8 days left"."""
    missing = None if figures["missing"] is None else Decimal(figures["missing"])
    words = {
        "tier": figures["tier"],
        "left": _left((due_on - timezone.localdate()).days),
        "amount": money(missing, figures["currency"]) if missing is not None else "",
        "day": said_day(due_on),
    }
    if figures["direction"] == "down":
        if missing is None:
            return _("Loses %(tier)s on %(day)s, %(left)s") % words
        return _("Loses %(tier)s on %(day)s: %(amount)s short, %(left)s") % words
    if not missing:
        return _("Reaches %(tier)s on %(day)s if the figures stay, %(left)s") % words
    return _("%(amount)s short of %(tier)s, %(left)s") % words


def _left(days: int) -> str:
    return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}


def referral(figures: Figures, due_on: date) -> str:
    return _("Referred for “%(family)s”: to be answered by %(day)s") % {
        "family": Product.Family(figures["family"]).label,
        "day": said_day(due_on),
    }


def step(figures: Figures, due_on: date) -> str:
    said = _("Next step of %(day)s") % {"day": said_day(due_on)}
    return f"{said}: {figures['note']}" if figures["note"] else said


def event(figures: Figures, due_on: date) -> str:
    local = timezone.localtime(datetime.fromisoformat(figures["at"]))
    words = {
        "event": figures["name"],
        "place": figures["place"],
        "at": date_format(local, "H:i"),
        "day": said_day(due_on),
    }
    said = _("“%(event)s” on %(day)s at %(at)s, %(place)s") % words
    count = figures["guests"]
    text = ngettext("%(count)s guest of the own book", "%(count)s guests of the own book", count) % {"count": count}
    return f"{said}: {text}" if count else said
