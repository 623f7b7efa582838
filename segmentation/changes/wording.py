"""A change rule in words: what it looks for, at whom, and what it makes of it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customers.models import Customer
from segmentation.changes.definition import Definition, Kind, Makes, readable
from segmentation.changes.saying import move
from segmentation.models import Tier
from segmentation.rules import EVERYBODY, sentence
from segmentation.rules.sentences import money
from segmentation.saying import currency_of
from segmentation.waivers import percent

Parts = dict[Any, tuple[str, str]]


def rule_in_words(asked: Definition) -> str:
    """One sentence, beginning with a capital."""
    if asked.is_off:
        return _("Switched off")
    parts = [words for key, (_heading, words) in _parts(asked).items() if key not in ("name", "state") and words]
    said = "; ".join(parts)
    return said[:1].upper() + said[1:]


def said_parts(content: Mapping[str, Any]) -> Parts:
    """(heading, words) by key, for a comparison of two versions."""
    asked = readable(content)
    return _parts(asked) if asked else {}


def _parts(asked: Definition) -> Parts:
    names = dict(Tier.objects.filter(code__in=asked.tiers).values_list("code", "name")) if asked.tiers else {}
    kind = asked.customer_kind
    rule = "" if asked.when == EVERYBODY else sentence(asked.when, currency=currency_of(kind or Customer.Kind.PERSON))
    days = ngettext("%(count)s day", "%(count)s days", asked.due_days) % {"count": asked.due_days}
    makes = _("%(what)s, within %(days)s") if asked.makes == Makes.TASK else "%(what)s"
    return {
        "name": (_("Name"), asked.name),
        "state": (_("State"), _("Switched off") if asked.is_off else _("Switched on")),
        "what": (_("What it looks for"), _what(asked)),
        "quiet": (_("Quiet days"), _quiet(asked)),
        "kind": (_("Customer kind"), str(Customer.Kind(kind).label) if kind else ""),
        "tiers": (_("Tiers"), ", ".join(str(names.get(code, code)) for code in asked.tiers)),
        "rule": (_("Rule"), rule),
        "makes": (_("What it makes"), makes % {"what": Makes(asked.makes).label, "days": days}),
    }


def _quiet(asked: Definition) -> str:
    if not asked.quiet_days:
        return ""
    text = ngettext("then quiet for %(count)s day", "then quiet for %(count)s days", asked.quiet_days)
    return text % {"count": asked.quiet_days}


def _what(asked: Definition) -> str:
    words = {"days": asked.days, "share": percent(asked.share) if asked.share is not None else ""}
    if asked.amount is not None:
        words["amount"] = money(asked.amount, asked.currency)
    match asked.kind:
        case Kind.INFLOW | Kind.OUTFLOW:
            return _flow(asked) % words
        case Kind.LEFT:
            return _("the balance fell by at least %(share)s in %(days)s days, from at least %(amount)s") % words
        case Kind.TIER:
            return _("a move of tier: %(moves)s") % {"moves": ", ".join(map(move, asked.moves))}
        case Kind.MATURITY:
            return _("a loan, deposit, fund or insurance ends within %(days)s days") % words
        case Kind.BIRTHDAY:
            return _("a birthday within %(days)s days, by the calendar that the customer keeps") % words
        case Kind.ADDRESS:
            return _("another address")
    return _("another occupation")


def _flow(asked: Definition) -> str:
    if asked.kind == Kind.INFLOW and asked.share is None:
        return _("at least %(amount)s came in within %(days)s days, net of moves between own accounts")
    if asked.kind == Kind.INFLOW:
        return _(
            "at least %(amount)s came in within %(days)s days, net of moves between own accounts, and %(share)s of what lay there"
        )
    if asked.share is None:
        return _("at least %(amount)s went out within %(days)s days, net of moves between own accounts")
    return _(
        "at least %(amount)s went out within %(days)s days, net of moves between own accounts, and %(share)s of what lay there"
    )
