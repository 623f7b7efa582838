"""Who calls: the customer is found, chosen, and verified by what only they know; that opens them for half an hour."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import Reach, User
from crm.identity.services import grant_reach, notify
from crm.identity.services.heads import heads_of
from customers.calls.questions import FIRST, MOST_WRONG, NEEDED, in_order, is_right, known_of
from customers.calls.services import refuse_others
from customers.models import Call, Customer
from customers.models.calls import Question
from customers.querysets.parties import refuse_merged
from customers.services.versions import STALE

WRONG_A_DAY = 4
REFUSED_A_DAY = 3
CANDIDATES = 5


def candidates_of(call: Call) -> list[Customer]:
    """Who has the number of the call; nobody where more share it than can be told apart."""
    if not call.number_hash:
        return []
    has_it = Customer.objects.filter(contact__phone_hash=bytes(call.number_hash)).unmerged()
    found = list(has_it.order_by("sort_key", "pk")[: CANDIDATES + 1])
    return found if len(found) <= CANDIDATES else []


def find_caller(*, text: str, by: User) -> list[Customer]:
    """By the whole customer number, phone or id document that the caller says."""
    found = list(Customer.objects.visible_to(by).exactly(text).order_by("sort_key", "pk")[: CANDIDATES + 1])
    if not 0 < len(found) <= CANDIDATES:
        raise RuleBroken(_("Nobody has this document, phone or number. Check it with the caller."), field="text")
    return found


@transaction.atomic
def choose_customer(*, call: Call, customer: Customer, by: User, at: datetime) -> Call:
    """Who the caller says they are. Draws the questions; another customer may be chosen until one was answered."""
    call = _mine(call, by, at)
    if call.state != Call.State.RINGING or any(each["right"] is not None for each in call.questions):
        raise RuleBroken(_("Questions were answered already. End this call and begin another."), code="answered")
    refuse_merged(customer)
    _refuse_guessing(customer, at)
    known = known_of(customer)
    if len(known) < NEEDED:
        text = _(
            "The bank knows too little of this customer to verify them by phone. Ask the caller to come to a branch."
        )
        raise RuleBroken(text, code="unknown")
    call.customer = customer
    call.questions = [{"kind": str(question), "right": None} for question in in_order(customer, known, at)[:FIRST]]
    call.save(update_fields=["customer", "questions"])
    audit.record("call.chosen", call, by=by, customer_id=customer.pk, asked=[each["kind"] for each in call.questions])
    return call


@transaction.atomic
def verify_caller(
    *, call: Call, answers: Mapping[str, str], by: User, at: datetime, asked: Collection[str] | None = None
) -> Call:
    """Takes an answer to every question that waits; none is a wrong one. Two right ones verify, and each wrong one asks for
    one more; with the second wrong one, or when nothing is left to ask, the caller is refused. `asked` are the questions that
    whoever answers has read: where others wait by now, these answers were checked already."""
    call = _mine(call, by, at)
    if call.state != Call.State.RINGING or call.customer is None:
        raise RuleBroken(_("There is nothing to answer in this call."))
    if asked is not None and set(asked) != {each["kind"] for each in call.questions if each["right"] is None}:
        raise RuleBroken(_("These answers were checked already."), code=STALE)
    _refuse_guessing(Customer.objects.for_change(call.customer), at)
    known = known_of(call.customer)
    for each in call.questions:
        if each["right"] is None:
            each["right"] = is_right(Question(each["kind"]), answers.get(each["kind"], ""), known)
    call.wrong = sum(each["right"] is False for each in call.questions)
    missing = NEEDED + call.wrong - call.right
    left = [each for each in in_order(call.customer, known, at) if each not in {one["kind"] for one in call.questions}]
    if call.wrong >= MOST_WRONG or missing > len(left):
        _refuse(call, by, at)
    elif missing > 0:
        call.questions += [{"kind": str(question), "right": None} for question in left[:missing]]
        call.save(update_fields=["questions", "wrong"])
    else:
        _open(call, by, at)
    return call


def _open(call: Call, by: User, at: datetime) -> None:
    assert call.customer_id
    call.reach = grant_reach(
        user=by, customer_id=call.customer_id, cause=Reach.Cause.CALL, since=at, until=at + Call.LASTS, by=by
    )
    call.state, call.verified_at, call.ends_at = Call.State.VERIFIED, at, at + Call.LASTS
    call.save(update_fields=["questions", "wrong", "state", "verified_at", "ends_at", "reach"])
    audit.record("call.verified", call, by=by, right=call.right, wrong=call.wrong)


def _refuse(call: Call, by: User, at: datetime) -> None:
    """The manager hears of it: somebody may be trying."""
    call.state = Call.State.REFUSED
    call.save(update_fields=["questions", "wrong", "state"])
    audit.record("call.refused", call, by=by, right=call.right, wrong=call.wrong)
    customer = call.customer
    if customer:
        text = _("A caller could not prove to be %(customer)s.")
        if is_closed(customer, at):
            text = _("Callers could not prove to be %(customer)s: by phone nobody is verified any more today.")
        people = (
            [customer.manager] if customer.manager else heads_of([customer.branch_id]).get(customer.branch_id or 0, [])
        )
        notify(users=people, text=text % {"customer": customer}, url=reverse("customer", args=[customer.pk]), at=at)


def is_closed(customer: Customer, at: datetime) -> bool:
    """Whether nobody is verified as the customer by phone: too many wrong answers within a day, or refusals on this one."""
    refused = Call.objects.refused_on(customer.pk, timezone.localdate(at))
    return refused >= REFUSED_A_DAY or Call.objects.wrong_within_a_day(customer.pk, at) >= WRONG_A_DAY


def _refuse_guessing(customer: Customer, at: datetime) -> None:
    if is_closed(customer, at):
        text = _("Too many wrong answers about this customer in a day. Ask the caller to come to a branch.")
        raise RuleBroken(text, code="too_many")


def _mine(call: Call, by: User, at: datetime) -> Call:
    call = Call.objects.for_change(call)
    refuse_others(call, by)
    if call.is_over(at):
        raise RuleBroken(_("This call is over."), code="over")
    return call
