"""Verbs on advice: drafted, changed, thrown away, handed over, answered. What was handed over stays as it was."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.contacting.suitability import suitability_of
from customers.models import Customer
from customers.services.versions import STALE, locked
from managers.advice.content import Content
from managers.advice.refusing import refuse_content, refuse_gone
from managers.models import Advice, AdviceAnswer, AdviceLine, AdviceVersion

NOTHING_DRAFTED = gettext_lazy("Nothing is drafted: what was handed over stays as it was.")


@transaction.atomic
def draft_advice(*, customer: Customer, content: Content, by: User, at: datetime) -> Advice:
    customer = locked(customer, None)
    _refuse(customer, content, timezone.localdate(at))
    advice = Advice.objects.create(customer=customer, draft=content.written(), begun_at=at, begun_by=by)
    _record("advice.drafted", advice, by=by)
    return advice


@transaction.atomic
def change_draft(*, advice: Advice, content: Content, by: User, at: datetime, version: int | None = None) -> Advice:
    """Of one that was handed over it is the draft of its next version."""
    advice = _for_change(advice, version)
    if advice.draft is None and not advice.versions.exists():
        raise RuleBroken(_("This draft was thrown away: draft another advice."), code="discarded")
    _refuse(advice.customer, content, timezone.localdate(at))
    advice.draft = content.written()
    _save(advice)
    _record("advice.drafted", advice, by=by)
    return advice


@transaction.atomic
def throw_away(*, advice: Advice, by: User, at: datetime, version: int | None = None) -> Advice:
    """Nothing is left of the draft. An advice of which nothing was ever handed over is discarded for good; else that stands."""
    advice = _locked(advice, version)
    if advice.draft is None:
        raise RuleBroken(str(NOTHING_DRAFTED), code="draft")
    advice.draft = None
    _save(advice)
    _record("advice.thrown_away", advice, by=by)
    return advice


@transaction.atomic
def hand_over_advice(
    *, advice: Advice, handed_on: date, by: User, at: datetime, version: int | None = None
) -> AdviceVersion:
    """Makes a version of the draft, with the risk profile that holds on the day. Raises RuleBroken."""
    advice = _for_change(advice, version)
    if advice.draft is None:
        raise RuleBroken(str(NOTHING_DRAFTED), code="draft")
    newest = advice.versions.order_by("-number").first()
    earliest = newest.handed_on if newest else timezone.localdate(advice.begun_at)
    if not earliest <= handed_on <= timezone.localdate(at):
        text = _("It is handed over after it was drafted, after the version before it, and not later than today.")
        raise RuleBroken(text, field="handed_on")
    content = Content.read(advice.draft)
    suits = _refuse(advice.customer, content, handed_on)
    made = AdviceVersion.objects.create(
        advice=advice, number=newest.number + 1 if newest else 1, goals=content.goals.strip(), amount=content.amount,
        horizon_months=content.horizon_months, currency=content.currency, level=suits.level, assessed_on=suits.assessed_on,
        line_count=len(content.lines), review_on=content.review_on, handed_on=handed_on, recorded_at=at, by=by,
    )  # fmt: skip
    AdviceLine.objects.bulk_create(
        AdviceLine(of=made, place=place, risk=line.product.risk, **vars(line)) for place, line in enumerate(content.lines)
    )  # fmt: skip
    advice.draft = None
    _save(advice)
    _record("advice.handed_over", advice, by=by, number=made.number, level=made.level)
    return made


@transaction.atomic
def record_answer(
    *,
    advice: Advice,
    outcome: str,
    channel: str,
    answered_on: date,
    by: User,
    at: datetime,
    words: str = "",
    version: int | None = None,
) -> AdviceAnswer:
    """To the newest version, once. Raises RuleBroken."""
    advice = _for_change(advice, version)
    newest = advice.versions.select_related("answer").order_by("-number").first()
    if newest is None:
        raise RuleBroken(_("Nothing was handed over yet."), code="draft")
    if hasattr(newest, "answer"):
        text = _("The customer answered this version already: %(answer)s.") % {"answer": newest.answer}
        raise RuleBroken(text, code="answered")
    if outcome not in AdviceAnswer.Outcome.values:
        raise RuleBroken(_("Accepted or declined."), field="outcome")
    if not newest.handed_on <= answered_on <= timezone.localdate(at):
        text = _("The answer came between the day it was handed over and today.")
        raise RuleBroken(text, field="answered_on")
    answer = AdviceAnswer.objects.create(
        of=newest, outcome=outcome, channel=channel, answered_on=answered_on, words=words.strip(), recorded_at=at, by=by
    )
    _save(advice)
    _record("advice.answered", advice, by=by, number=newest.number, outcome=str(outcome))
    return answer


def _refuse(customer: Customer, content: Content, day: date) -> Any:
    """What the customer's risk profile of the day allows, where nothing is against the content."""
    refuse_gone(customer)
    suits = suitability_of(customer, day)
    refuse_content(content, suits, day)
    return suits


def _for_change(advice: Advice, version: int | None) -> Advice:
    """As it is now, locked, of a customer who is there to be advised."""
    advice = _locked(advice, version)
    refuse_gone(advice.customer)
    return advice


def _locked(advice: Advice, version: int | None) -> Advice:
    """As it is now. Refuses (code STALE) where it is no longer the version that was read."""
    advice = Advice.objects.for_change(advice)
    if version is not None and advice.version != version:
        text = _("Somebody changed this advice in the meantime. Look at what is there now, then save again.")
        raise RuleBroken(text, code=STALE)
    return advice


def _save(advice: Advice) -> None:
    advice.version += 1
    advice.save(update_fields=["draft", "version"])


def _record(action: str, advice: Advice, *, by: User, **data: Any) -> None:
    """Figures and codes; no free words, for they outlive the customer."""
    audit.record(action, advice, by=by, customer_id=advice.customer_id, **data)
