"""A request to be forgotten: recorded with its legal clock, proposed, or refused with a reason that the customer is told."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.approvals.models import Proposal
from crm.approvals.services import call_off, propose
from crm.audit import services as audit
from crm.audit.models import Event
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer, Erasure
from customers.privacy.holds import KIND
from customers.privacy.periods import ANSWER_DAYS
from customers.privacy.proposals import content_of
from customers.privacy.sealing import opened

SHORTEST = 5


@transaction.atomic
def ask_erasure(
    *, customer: Customer, requester: str, received_on: date, reason: str, by: User, at: datetime
) -> Erasure:
    """Record the request; its answer is due CRM_PRIVACY_DAYS after the day on which it came."""
    customer = Customer.objects.for_change(customer)
    if received_on > timezone.localdate(at):
        raise RuleBroken(_("A request that lies in the future can't be recorded."), field="received_on")
    if Erasure.objects.filter(customer=customer).exclude(state=Erasure.State.REFUSED).exists():
        raise RuleBroken(_("The erasure of this customer is asked for already."))
    erasure = Erasure.objects.create(
        customer=customer,
        branch=customer.branch,
        requester=requester,
        received_on=received_on,
        due_on=received_on + timedelta(days=ANSWER_DAYS),
        reason=said(reason),
        asked_at=at,
        asked_by=by,
    )
    audit.record("erasure.asked", erasure, by=by, customer_id=customer.pk, requester=requester)
    return erasure


@transaction.atomic
def propose_erasure(*, erasure: Erasure, reason: str, by: User, at: datetime) -> Proposal:
    """Ask for the second pair of eyes. Refused while something forbids the erasure."""
    content = content_of(erasure, on=timezone.localdate(at))
    return propose(kind=KIND, content=content, title=str(erasure), reason=reason, by=by, at=at)


@transaction.atomic
def refuse_erasure(*, erasure: Erasure, answer: str, by: User, at: datetime) -> None:
    """Nothing is erased, and the customer is told why."""
    if erasure.proposal_id:  # first, as its approval does
        Proposal.objects.locked().get(pk=erasure.proposal_id)
    erasure = Erasure.objects.for_change(erasure)
    _refuse_answered(erasure)
    if erasure.is_proposed:
        assert erasure.proposal
        call_off(proposal=erasure.proposal, by=by, at=at)
    erasure.state, erasure.answer = Erasure.State.REFUSED, said(answer, field="answer")
    erasure.closed_at, erasure.closed_by = at, by
    erasure.save(update_fields=["state", "answer", "closed_at", "closed_by"])
    audit.record("erasure.refused", erasure, by=by, answer=erasure.answer)


@transaction.atomic
def open_sealed(*, erasure: Erasure, reason: str, by: User) -> dict[str, list[dict]]:
    """What a law keeps, for who must show it to a court or an authority; the trail has the reason."""
    if not Erasure.objects.visible_to(by).filter(pk=erasure.pk).exists() or not erasure.sealed:
        raise RuleBroken(_("Nothing is kept sealed of this customer."))
    audit.record("erasure.opened", erasure, by=by, kind=Event.Kind.READ, reason=said(reason))
    return opened(erasure.sealed)


def said(reason: str, *, field: str = "reason") -> str:
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST:
        raise RuleBroken(_("Say why, in a few words."), field=field)
    return reason[:300]


def _refuse_answered(erasure: Erasure) -> None:
    if not erasure.is_open:
        raise RuleBroken(_("This request is answered already."))
