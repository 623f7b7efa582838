"""A decision as a letter to the customer: what was decided, when, from which figures, by which rule, what would change it.

A `Letter` is plain text in one language, ready to be drawn: by `_letter.html` on a page that prints well, and by any
other drawer. It names no other customer and nothing of how the bank works inside.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from customers.models import Customer
from segmentation.decisions import tiers
from segmentation.decisions.slot import Condition, Decision, Figure, named
from segmentation.explain import explain
from segmentation.why import spoken_day


@dataclass(frozen=True)
class Letter:
    language: str
    brand: str
    branch: str
    customer: str
    number: str
    written: str
    subject: str
    paragraphs: tuple[str, ...]
    rule: str
    figures: tuple[Figure, ...]
    conditions: tuple[Condition, ...]
    changes: tuple[str, ...]


def language_of(customer: Customer, asked: str, otherwise: str) -> str:
    """What was asked for, else the customer's own, else the reader's: always one that the bank writes."""
    known = {code for code, _name in settings.LANGUAGES}
    return next((code for code in (asked, customer.language, otherwise) if code in known), settings.LANGUAGE_CODE)


def about_decision(customer: Customer, user: Any, name: str, *, language: str, written_on: date) -> Letter | None:
    """None where nobody knows a decision by that name."""
    with translation.override(language):
        decision = named(customer, user, name)
        if decision is None:
            return None
        lead = decision.told or decision.sentence
        return _composed(customer, decision, [lead], language=language, written_on=written_on)


def about_day(customer: Customer, on: date | None, *, language: str, written_on: date) -> Letter | None:
    """The tier that holds on a day, the last one without; None where there is none."""
    with translation.override(language):
        explanation = explain(customer=customer, on=on)
        if explanation is None:
            return None
        words = {
            "day": spoken_day(explanation.on, year=True),
            "tier": explanation.name,
            "since": spoken_day(explanation.since, year=True),
        }
        lead = _("On %(day)s your tier is %(tier)s, since %(since)s.") % words
        decision = tiers.decision_of(explanation.decision)
        return _composed(customer, decision, [lead], language=language, written_on=written_on)


def _composed(
    customer: Customer, decision: Decision, paragraphs: list[str], *, language: str, written_on: date
) -> Letter:
    paragraphs.append(_("This was decided on the figures of %(day)s.") % {"day": spoken_day(decision.on, year=True)})
    if decision.reason:
        paragraphs.append(decision.reason)
    return Letter(
        language=language,
        brand=settings.CRM_BRAND,
        branch=str(customer.branch or ""),
        customer=str(customer),
        number=customer.number,
        written=spoken_day(written_on, year=True),
        subject=_("Your customer tier") if decision.kind == tiers.KIND else _("A decision about your fees"),
        paragraphs=tuple(paragraphs),
        rule=decision.version,
        figures=decision.figures,
        conditions=decision.conditions,
        changes=decision.changes,
    )
