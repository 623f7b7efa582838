"""Verbs on opportunities: opened, changed, moved, lost, opened again. Each step is written into the history with it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer
from customers.querysets.parties import refuse_merged
from customers.services.versions import STALE, locked
from managers.models import LostReason, Opportunity, Stage, StageMove
from managers.models.sales import CLOSED, OPEN
from managers.referrals.crediting import credit_won, take_back
from managers.sales.stages import PROBABILITIES, SUITED, refuse_unsuitable
from managers.sales.terms import checked, owner_of

CHANGEABLE = frozenset(
    {"product", "owner", "amount", "currency", "probability", "close_on", "next_step", "next_on", "source", "competitors"}
)  # fmt: skip


@transaction.atomic
def open_opportunity(*, customer: Customer, by: User, at: datetime, stage: str = Stage.NEW, **said: Any) -> Opportunity:
    """`said` are fields: product, amount and close_on are needed; the customer's manager owns it, unless said otherwise."""
    customer = locked(customer, None)
    _refuse_gone(customer)
    if stage not in OPEN:
        raise RuleBroken(_("An opportunity begins in an open stage."), field="stage")
    said["owner"] = owner_of(customer, said.get("owner"), by=by, at=at)
    if said.get("probability") is None:
        said["probability"] = PROBABILITIES[Stage(stage)]
    opportunity = Opportunity(customer=customer, stage=Stage(stage), opened_at=at, **_known(said))
    checked(opportunity, {"product", *said}, at=at)
    opportunity.save()
    _note(opportunity, from_stage="", by=by, at=at)
    _record("opportunity.opened", opportunity, by=by, stage=str(stage))
    return opportunity


@transaction.atomic
def change_opportunity(
    *, opportunity: Opportunity, by: User, at: datetime, version: int | None = None, **said: Any
) -> Opportunity:
    """What is not said stays. The stage has verbs of its own."""
    opportunity = _for_change(opportunity, version)
    _refuse_closed(opportunity)
    changed = {name for name, value in _known(said).items() if getattr(opportunity, name) != value}
    for name in changed:
        setattr(opportunity, name, said[name])
    if "owner" in changed:
        owner_of(opportunity.customer, opportunity.owner, by=by, at=at)
    checked(opportunity, changed, at=at)
    if changed:
        _save(opportunity, *changed)
        _record("opportunity.changed", opportunity, by=by, fields=sorted(changed))
    return opportunity


@transaction.atomic
def move_opportunity(
    *,
    opportunity: Opportunity,
    stage: str,
    by: User,
    at: datetime,
    probability: int | None = None,
    version: int | None = None,
) -> Opportunity:
    """To another open stage, or won. With the probability of the stage, unless another one is said."""
    opportunity = _for_change(opportunity, version)
    _refuse_closed(opportunity)
    if stage == Stage.LOST:
        raise RuleBroken(_("Say why it is lost."), field="stage", code="reason")
    if stage not in Stage.values:
        raise RuleBroken(_("There is no such stage."), field="stage")
    if stage == opportunity.stage:
        text = _("It is in this stage already: %(stage)s.") % {"stage": opportunity.get_stage_display()}
        raise RuleBroken(text, field="stage", code="same")
    return _move(opportunity, Stage(stage), by=by, at=at, probability=probability)


@transaction.atomic
def lose(
    *,
    opportunity: Opportunity,
    lost_reason: str,
    by: User,
    at: datetime,
    lost_words: str = "",
    version: int | None = None,
) -> Opportunity:
    opportunity = _for_change(opportunity, version)
    _refuse_closed(opportunity)
    if lost_reason not in LostReason.values:
        raise RuleBroken(_("Say why it is lost."), field="lost_reason", code="reason")
    if lost_reason == LostReason.OTHER and not lost_words.strip():
        raise RuleBroken(_("Say which reason, in a few words."), field="lost_words")
    opportunity.lost_reason, opportunity.lost_words = lost_reason, lost_words.strip()
    return _move(opportunity, Stage.LOST, by=by, at=at, reason=opportunity.lost_words)


@transaction.atomic
def reopen(*, opportunity: Opportunity, reason: str, by: User, at: datetime, version: int | None = None) -> Opportunity:
    """Into the stage in which it was closed."""
    opportunity = _for_change(opportunity, version)
    if opportunity.is_open:
        raise RuleBroken(_("This opportunity is open."), code="open")
    if not reason.strip():
        raise RuleBroken(_("Say why it is open again."), field="reason", code="required")
    _refuse_gone(opportunity.customer)
    before = opportunity.moves.order_by("-number").values_list("from_stage", flat=True)[0]
    opportunity.lost_reason = opportunity.lost_words = ""
    return _move(opportunity, Stage(before), by=by, at=at, reason=reason.strip())


def _move(
    opportunity: Opportunity, stage: Stage, *, by: User, at: datetime, probability: int | None = None, reason: str = ""
) -> Opportunity:
    if stage in SUITED:
        _refuse_gone(opportunity.customer)
        refuse_unsuitable(opportunity.customer, opportunity.product, timezone.localdate(at), field="stage")
    before, is_open = opportunity.stage, stage in OPEN
    opportunity.stage = stage
    opportunity.probability = probability if probability is not None and is_open else PROBABILITIES[stage]
    opportunity.closed_at = None if is_open else at
    checked(opportunity, {"probability"}, at=at)
    _save(opportunity, "stage", "probability", "closed_at", "lost_reason", "lost_words")
    _note(opportunity, from_stage=before, by=by, at=at, reason=reason)
    if stage == Stage.WON:
        credit_won(opportunity=opportunity, by=by, at=at)
    elif before == Stage.WON:
        take_back(opportunity=opportunity, by=by, at=at)
    _record("opportunity.moved", opportunity, by=by, before=str(before), stage=str(stage), why=opportunity.lost_reason)
    return opportunity


def _note(opportunity: Opportunity, *, from_stage: str, by: User, at: datetime, reason: str = "") -> None:
    last = opportunity.moves.order_by("-number").values_list("number", flat=True).first()
    StageMove.objects.create(
        opportunity=opportunity,
        number=(last or 0) + 1,
        from_stage=from_stage,
        to_stage=opportunity.stage,
        at=at,
        by=by,
        amount=opportunity.amount,
        currency=opportunity.currency,
        probability=opportunity.probability,
        lost_reason=opportunity.lost_reason,
        reason=reason,
    )


def _for_change(opportunity: Opportunity, version: int | None) -> Opportunity:
    """As it is now, locked. Refuses (code STALE) where it is no longer the version that was read."""
    opportunity = Opportunity.objects.for_change(opportunity)
    refuse_merged(opportunity.customer)
    if version is not None and opportunity.version != version:
        text = _("Somebody changed this opportunity in the meantime. Look at what is there now, then save again.")
        raise RuleBroken(text, code=STALE)
    return opportunity


def _refuse_closed(opportunity: Opportunity) -> None:
    if opportunity.stage in CLOSED:
        text = _("This opportunity is closed: %(stage)s. Open it again first.")
        raise RuleBroken(text % {"stage": opportunity.get_stage_display()}, code="closed")


def _refuse_gone(customer: Customer) -> None:
    refuse_merged(customer)
    if customer.status in Customer.GONE:
        text = _("Nothing is sold to a customer with this status: %(status)s.")
        raise RuleBroken(text % {"status": customer.get_status_display()}, field="customer", code="gone")


def _known(said: dict[str, Any]) -> dict[str, Any]:
    if unknown := set(said) - CHANGEABLE:
        raise TypeError(f"an opportunity has no {', '.join(sorted(unknown))} to say")
    return said


def _save(opportunity: Opportunity, *fields: str) -> None:
    opportunity.version += 1
    opportunity.save(update_fields=[*fields, "version"])


def _record(action: str, opportunity: Opportunity, *, by: User, **data: Any) -> None:
    """Figures and codes; no free words, for they outlive the customer."""
    told = {"amount": str(opportunity.amount), "currency": opportunity.currency}
    audit.record(action, opportunity, by=by, customer_id=opportunity.customer_id, **told, **data)
