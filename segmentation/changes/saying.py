"""A change in one sentence, from its figures, in the reader's language. Knows no model: models speak through it."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from crm.base.templatetags.frame import said_day
from segmentation.rules.sentences import money

Figures = Mapping[str, Any]


def _inflow(figures: Figures) -> str:
    text = ngettext(
        "%(amount)s came in within %(days)s day; %(before)s lay there before",
        "%(amount)s came in within %(days)s days; %(before)s lay there before",
        figures["days"],
    )
    return text % _flow(figures)


def _outflow(figures: Figures) -> str:
    text = ngettext(
        "%(amount)s went out within %(days)s day; %(before)s lay there before",
        "%(amount)s went out within %(days)s days; %(before)s lay there before",
        figures["days"],
    )
    return text % _flow(figures)


def _flow(figures: Figures) -> dict[str, Any]:
    amounts = {name: money(Decimal(figures[name]), figures["currency"]) for name in ("amount", "before")}
    return {"days": figures["days"], **amounts}


def _left(figures: Figures) -> str:
    before, now = (Decimal(figures[name]) for name in ("before", "now"))
    percent = round((before - now) * 100 / before)
    return _("Money left: %(before)s became %(now)s in %(days)s days, %(percent)s %% less") % {
        "before": money(before, figures["currency"]),
        "now": money(now, figures["currency"]),
        "days": figures["days"],
        "percent": percent,
    }


def _tier(figures: Figures) -> str:
    words = dict(figures) | {"day": said_day(date.fromisoformat(figures["from"]))}
    match figures["outcome"]:
        case "up":
            return _("Up from %(before)s to %(after)s from %(day)s on") % words
        case "down":
            return _("Down from %(before)s to %(after)s from %(day)s on") % words
    return _("On watch in %(before)s: the first month below the level") % words


def _maturity(figures: Figures) -> str:
    words = dict(figures) | {"day": _day(figures, "falls_on")}
    if figures["what"] == "loan":
        return _("The loan %(account)s (%(product)s) is paid off on %(day)s") % words
    return _("%(product)s, account %(account)s, ends on %(day)s") % words


def _birthday(figures: Figures) -> str:
    day = _day(figures, "falls_on")
    if figures["is_lunar"]:
        return _("Birthday by the lunar calendar on %(day)s") % {"day": day}
    return _("Turns %(age)s on %(day)s") % {"age": figures["turns"], "day": day}


def _address(figures: Figures) -> str:
    return _("Another address since %(day)s") % {"day": _day(figures, "on")}


def _job(figures: Figures) -> str:
    return _("Occupation: %(after)s, before %(before)s") % dict(figures)


def _day(figures: Figures, name: str) -> str:
    return said_day(date.fromisoformat(figures[name]))


SENTENCES: Mapping[str, Callable[[Figures], str]] = {
    "inflow": _inflow,
    "outflow": _outflow,
    "money_left": _left,
    "tier": _tier,
    "maturity": _maturity,
    "birthday": _birthday,
    "address": _address,
    "job": _job,
}


def said_of(kind: str, figures: Figures) -> str:
    return SENTENCES[kind](figures)


def move(word: str) -> str:
    return {
        "up": pgettext("a move of tier", "up"),
        "down": pgettext("a move of tier", "down"),
        "watch": pgettext("a move of tier", "on watch"),
    }[word]
