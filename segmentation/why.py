"""A stored decision in the words of people: what is asked, what was met, and what would change it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from crm.base.templatetags.frame import is_chinese
from segmentation.explain import Explanation, Grace, Step
from segmentation.levels import TierRule
from segmentation.models import TierOverride
from segmentation.rules import FIELDS, sentence, spoken
from segmentation.rules.sentences import money
from segmentation.rulings import Ruling
from segmentation.schemes import Scheme


@dataclass(frozen=True)
class Asked:
    """One predicate in words, with the customer's figure."""

    text: str
    value: str
    met: bool | None


@dataclass(frozen=True)
class Rung:
    """A tier of the scheme as the decision saw it."""

    code: str
    name: str
    rule: str
    asked: tuple[Asked, ...]
    is_standing: bool
    step: str


def sentences(explanation: Explanation) -> list[str]:
    """The whole answer, one sentence each."""
    return [standing(explanation), *change(explanation)]


def standing(explanation: Explanation) -> str:
    version = explanation.decision.scheme_version
    return _("%(tier)s since %(day)s, by version %(version)s of the scheme “%(scheme)s”.") % {
        "tier": explanation.name,
        "day": spoken_day(explanation.since, year=True),
        "version": version.number,
        "scheme": version.scheme,
    }


def change(explanation: Explanation) -> Iterator[str]:
    """What keeps or would change the tier: overrides, the fall that threatens, then each higher tier that an amount reaches."""
    yield from kept(explanation)
    if explanation.grace:
        yield watch(explanation.grace)
    for step in explanation.next_tiers:
        if step.missing is not None:
            yield reach(step, explanation.scheme)


def nearest(explanation: Explanation) -> list[str]:
    """The fall that threatens and the next tier up; the higher ones stand beside their rules."""
    steps = [*([watch(explanation.grace)] if explanation.grace else [])]
    steps += [reach(step, explanation.scheme) for step in explanation.next_tiers if step.missing is not None][:1]
    return [*kept(explanation), *steps]


def kept(explanation: Explanation) -> Iterator[str]:
    """What holds beside the rules: an override, a minimum hold, a fee instead of a fall."""
    if explanation.ruling:
        yield ruled(explanation.ruling)
    if explanation.held_until:
        yield _("After the upgrade the tier can't fall before %(day)s.") % {
            "day": spoken_day(explanation.held_until, year=True)
        }
    if explanation.fee:
        yield _("Below the level: a fee of %(amount)s is due for each review, instead of a fall.") % {
            "amount": money(explanation.fee.amount, explanation.scheme.currency)
        }


def ruled(ruling: Ruling) -> str:
    """Held in gold by an override until 30 June 2026: the reason."""
    last = ruling.until - timedelta(days=1)
    said = {"tier": ruling.name, "day": spoken_day(last, year=True), "reason": ruling.reason}
    if not ruling.holds:
        return _("Until %(day)s by an override in %(tier)s; the next review decides. Reason: %(reason)s") % said
    if ruling.kind == TierOverride.Kind.GRANT:
        return _("At least %(tier)s by an override until %(day)s: %(reason)s") % said
    if ruling.kind == TierOverride.Kind.HOLD:
        return _("Held in %(tier)s by an override until %(day)s: %(reason)s") % said
    return _("Not above %(tier)s by an override until %(day)s: %(reason)s") % said


def watch(grace: Grace) -> str:
    return _("Below the level for %(below)s of %(months)s months; if it stays below, the tier falls on %(day)s.") % {
        "below": grace.below,
        "months": max(grace.months, grace.below),
        "day": spoken_day(grace.falls_on),
    }


def reach(step: Step, scheme: Scheme) -> str:
    field = FIELDS[scheme.measure]
    if not step.missing:
        return _("The figures reach %(tier)s on %(day)s if they stay.") % {
            "tier": step.name,
            "day": spoken_day(step.starts),
        }
    return _("%(amount)s more %(measure)s reaches %(tier)s on %(day)s.") % {
        "amount": spoken(field, step.missing, scheme.currency),
        "measure": field.label,
        "tier": step.name,
        "day": spoken_day(step.starts),
    }


def invited(tier: TierRule) -> str:
    return _("By invitation alone.") if tier.by_invitation else ""


def lacking(step: Step, scheme: Scheme) -> str:
    return _("%(amount)s missing") % {"amount": spoken(FIELDS[scheme.measure], step.missing, scheme.currency)}


def rungs(explanation: Explanation) -> list[Rung]:
    """Every tier from the highest to the lowest, with its predicates and figures."""
    scheme, steps = explanation.scheme, {step.tier: step for step in explanation.next_tiers}
    found = []
    for rank, tier in enumerate(scheme.tiers):
        step = steps.get(tier.code)
        asked = (each for each in explanation.looked if each.tier == tier.code)
        found.append(
            Rung(
                code=tier.code,
                name=tier.name,
                rule=sentence(tier.when, currency=scheme.currency) if tier.when else _("every customer"),
                asked=tuple(
                    Asked(
                        text=sentence(each.predicate, currency=scheme.currency),
                        value=spoken(each.predicate.field, each.value, scheme.currency),
                        met=each.met,
                    )
                    for each in asked
                ),
                is_standing=rank == explanation.rank,
                step=invited(tier) or (lacking(step, scheme) if step and step.missing else ""),
            )
        )
    return found[::-1]


def spoken_day(day: date, *, year: bool = False) -> str:
    """1 March, with the year where it is needed; in Chinese 3月1日."""
    if is_chinese():
        return date_format(day, "Y年n月j日" if year else "n月j日")
    return date_format(day, "j F Y" if year else "j F")
