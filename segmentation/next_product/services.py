"""Verbs on suggested products: what the customer said."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from customers.contacting.contactable import contactable
from customers.contacting.suitability import suitability_of
from customers.models import Customer, Interaction, Purpose
from segmentation.models import ProductAnswer, Suggestion
from segmentation.next_product.reckoning import DAYS_TO_OPEN

Answer = ProductAnswer.Answer
RESTS = {
    Answer.TAKEN: timedelta(days=DAYS_TO_OPEN),
    Answer.REFUSED: timedelta(days=180),
    Answer.LATER: timedelta(days=30),
}
LONGEST = timedelta(days=365)


@transaction.atomic
def answer_suggestion(
    *,
    suggestion: Suggestion,
    answer: str,
    channel: str,
    at: datetime,
    by: Any,
    reason: str = "",
    note: str = "",
    again_on: date | None = None,
) -> ProductAnswer:
    """What was said at `at`, by the channel. `again_on` is when the customer may be asked again who said later.

    Who may not be contacted, or may not have the product, was not to be asked: only “never again” is taken from them.
    """
    customer = Customer.objects.for_change(suggestion.customer)
    suggestion = Suggestion.objects.with_state(timezone.localdate(at)).select_related("product").get(pk=suggestion.pk)
    if (suggestion.said or {}).get("answer") == Answer.NEVER:
        raise RuleBroken(_("The customer never wants to hear of it again."), field="answer")
    if answer != Answer.NEVER:
        _may_be_offered(suggestion, customer, channel, at)
    kept = ProductAnswer.objects.create(
        suggestion=suggestion,
        customer=customer,
        product=suggestion.product,
        answer=answer,
        reason=_reason(answer, reason, note),
        note=note.strip(),
        channel=channel,
        at=at,
        by=by,
        rests_until=_rests_until(answer, timezone.localdate(at), again_on),
    )
    _record(kept)
    return kept


def _record(kept: ProductAnswer) -> None:
    said: dict[str, Any] = {name: str(getattr(kept, name)) for name in ("answer", "reason", "channel")}
    audit.record("product.answered", kept, by=kept.by, product=kept.product.code, **said)


def _may_be_offered(suggestion: Suggestion, customer: Customer, channel: str, at: datetime) -> None:
    may = contactable(customer, Purpose.MARKETING, channel, at)
    if not may:
        words = {"channel": Interaction.Channel(channel).label, "reason": may.reason}
        raise RuleBroken(_("Not to be offered by %(channel)s: %(reason)s.") % words, field="channel")
    if against := obstacle(suggestion, suitability_of(customer, timezone.localdate(at))):
        raise RuleBroken(_("Not to be offered: %(reason)s.") % {"reason": against}, field="answer")


def obstacle(suggestion: Any, suitability: Any) -> str:
    """Why the product is not to be offered by any channel, in words; "" where nothing is against it."""
    if suggestion.is_held:
        return _("the customer holds it")
    if not suggestion.is_offered:
        return _("it is no longer offered")
    return suitability.reason_against(suggestion.product)


def _reason(answer: str, reason: str, note: str) -> str:
    if answer != Answer.REFUSED:
        return ""
    if reason not in ProductAnswer.Reason.values:
        raise RuleBroken(_("A refusal has a reason."), field="reason")
    if reason == ProductAnswer.Reason.OTHER and not note.strip():
        raise RuleBroken(_("Say which reason, in a few words."), field="note")
    return reason


def _rests_until(answer: str, today: date, again_on: date | None) -> date | None:
    if answer == Answer.NEVER:
        return None
    if answer != Answer.LATER or again_on is None:
        return today + RESTS[Answer(answer)]
    if not today < again_on <= today + LONGEST:
        raise RuleBroken(_("A day within a year belongs here."), field="again_on")
    return again_on
