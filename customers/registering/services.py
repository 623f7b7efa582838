"""A new customer with all that is said of them at once, and drafts of the form."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.audit import services as audit
from crm.audit.claims import claimed, hold
from crm.audit.models import IdempotencyKey
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.contacting.services import give_consent
from customers.documents.services import record_document
from customers.households.services import add_member
from customers.models import Customer, Household, Origin, Purpose, RegistrationDraft
from customers.registering.papers import Paper
from customers.services import register_customer
from customers.services.versions import locked

MOST_DRAFTS = 50
LONGEST = 500
DRAFT_GONE = "draft_gone"
GONE = gettext_lazy(
    "This form was registered or thrown away already: look for the customer. If they are another one, register again."
)


@transaction.atomic
def register(
    *,
    by: User | str,
    at: datetime,
    how: str = "",
    referred_by: Customer | None = None,
    household: Household | None = None,
    consents: Iterable[str] = (),
    wording: str = "",
    draft: int | None = None,
    documents: Iterable[Paper] = (),
    **fields: Any,
) -> Customer:
    """As `register_customer`; with their documents, where they came from, their household, and marketing consents by channel.
    All or nothing. The draft is used up; where it is gone, the form was registered already, and is refused.
    """
    if draft is not None and not RegistrationDraft.objects.visible_to(by).filter(pk=draft).delete()[0]:
        raise RuleBroken(GONE, code=DRAFT_GONE)
    today = timezone.localdate(at)
    customer = register_customer(by=by, at=at, **fields)
    for document in documents:
        with document.beside():
            record_document(customer=customer, by=by, at=at, **document.said)
    if how:
        say_origin(customer=customer, how=how, referred_by=referred_by, on=today, by=by)
    if household:
        add_member(household=household, customer=customer, since=today, pools=False, by=by, as_of=today)
    for channel in consents:
        give_consent(customer=customer, purpose=Purpose.MARKETING, channel=channel, wording=wording, at=at, by=by)
    return customer


@transaction.atomic
def register_once(*, by: User, at: datetime, key: UUID, typed: str, draft: int | None = None, **said: Any) -> Customer:
    """As `register`, from a form that has had its `key` since it was drawn. Sent twice, it answers with the customer whom it
    made, and a draft that was kept meanwhile goes; with something else `typed` (a hash of it) than then, it is refused."""
    row = claimed(user_id=by.pk, key=_name(key), body_hash=typed, at=at)
    if row is None:
        made: Any = _registered(by, key).get()
        if made.body_hash != typed:
            raise RuleBroken(GONE, code=DRAFT_GONE)
        if draft is not None:
            RegistrationDraft.objects.visible_to(by).filter(pk=draft).delete()
        return Customer.objects.get(number=made.answer["customer"])
    customer = register(by=by, at=at, draft=draft, **said)
    row.status, row.answer = HTTPStatus.CREATED, {"customer": customer.number}
    row.save(update_fields=["status", "answer"])
    return customer


@transaction.atomic
def say_origin(
    *, customer: Customer, how: str, on: date, by: User | str, referred_by: Customer | None = None
) -> Origin:
    """How the customer came to the bank; said again, it takes the place of what was said, and the trail has both."""
    customer = locked(customer, None)
    if how not in Origin.How.values:
        raise RuleBroken(_("Nobody comes by “%(how)s”.") % {"how": how}, field="how")
    if referred_by and how != Origin.How.REFERRAL:
        raise RuleBroken(_("Whom a customer brought came by a customer."), field="how")
    if referred_by and referred_by.pk == customer.pk:
        raise RuleBroken(_("Nobody brings themselves."), field="referred_by")
    said = {"how": how, "referred_by": referred_by, "said_on": on}
    origin, _is_new = Origin.objects.update_or_create(customer=customer, defaults=said)
    number = referred_by.number if referred_by else ""
    audit.record("customer.origin_said", customer, by=by, customer_id=customer.pk, how=str(how), referred_by=number)
    return origin


@transaction.atomic
def keep_draft(
    *, typed: Mapping[str, Any], kind: str, at: datetime, by: User, draft: int | None = None
) -> RegistrationDraft:
    """What was typed so far, of this person of the bank. No value of it is looked at, but the form's key: of one that is
    registered nothing is kept. A draft that is gone stays so."""
    if "key" in typed:
        hold(user_id=by.pk, key=_name(typed["key"]))
        if _registered(by, typed["key"]).exists():
            raise RuleBroken(GONE, code=DRAFT_GONE)
    if kind not in Customer.Kind.values:
        raise RuleBroken(_("There is no such kind of customer."), field="kind")
    kept = _begun(by, at) if draft is None else RegistrationDraft.objects.visible_to(by).for_change(draft)
    if kept is None:
        raise RuleBroken(GONE, code=DRAFT_GONE)
    said = {name: _short(value) for name, value in typed.items()}
    kept.kind, kept.typed, kept.changed_at = kind, json.dumps(said, ensure_ascii=False), at
    kept.save()
    return kept


def _registered(by: User, key: UUID | str) -> QuerySet:
    """The one row of a form that became a customer; none before, nor a day later."""
    return IdempotencyKey.objects.filter(user_id=by.pk, key=_name(key))


def _name(key: UUID | str) -> str:
    return f"register {key}"


def _begun(by: User, at: datetime) -> RegistrationDraft:
    if RegistrationDraft.objects.visible_to(by).count() >= MOST_DRAFTS:
        raise RuleBroken(_("You have begun %(count)s customers. Finish or throw away some.") % {"count": MOST_DRAFTS})
    return RegistrationDraft(by=by, begun_at=at)


def _short(value: Any) -> Any:
    return [str(each)[:LONGEST] for each in value] if isinstance(value, list) else str(value)[:LONGEST]


def forget_drafts(*, at: datetime) -> int:
    """Once a day: those that nobody went on with for a month. The number of them."""
    return RegistrationDraft.objects.forgotten(at).delete()[0]
