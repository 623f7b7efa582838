"""Verbs on referrals: a teller refers, a manager accepts or declines, and what waits too long goes to the heads."""

from collections import Counter
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.audit import services as audit
from crm.base.business import next_business_moment
from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services.alerts import notify
from crm.identity.services.heads import heads_of
from customers.models import Customer, Product
from customers.querysets.parties import refuse_merged
from customers.services.versions import STALE, locked
from managers.models import Referral


@transaction.atomic
def refer(*, customer: Customer, family: str, by: User, at: datetime, note: str = "") -> Referral:
    """To the manager of the customer; where there is none at work, to the heads of the branch at once."""
    customer = locked(customer, None)
    if customer.status in Customer.GONE:
        text = _("Nothing is sold to a customer with this status: %(status)s.")
        raise RuleBroken(text % {"status": customer.get_status_display()}, field="customer", code="gone")
    if family not in Product.Family.values:
        raise RuleBroken(_("What is it about?"), field="family", code="required")
    if Referral.objects.waiting().filter(customer=customer, family=family).exists():
        raise RuleBroken(_("This customer was referred for it already, and it waits."), field="family", code="waits")
    told = _managers(customer)
    referral = Referral.objects.create(
        customer=customer, family=family, note=note.strip(), referred_by=by, referred_at=at, due_at=next_business_moment(at),
        escalated_at=None if told else at,
    )  # fmt: skip
    notify(users=told or _heads(customer), text=_("A customer was referred to you."), url=reverse("referrals"), at=at)
    _record("referral.made", referral, by=by)
    return referral


@transaction.atomic
def accept_referral(*, referral: Referral, by: User, at: datetime, version: int | None = None) -> Referral:
    return _answer(referral, Referral.State.ACCEPTED, by=by, at=at, version=version)


@transaction.atomic
def decline_referral(
    *, referral: Referral, reason: str, by: User, at: datetime, version: int | None = None
) -> Referral:
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason", code="required")
    return _answer(referral, Referral.State.DECLINED, by=by, at=at, version=version, reason=reason.strip())


def _answer(
    referral: Referral, state: str, *, by: User, at: datetime, version: int | None, reason: str = ""
) -> Referral:
    """The teller is told without a name: their look at the customer may have ended."""
    if not by.may("opportunities:write"):
        raise RuleBroken(_("A manager or the head of the branch answers a referral."), code="role")
    referral = Referral.objects.for_change(referral)
    refuse_merged(referral.customer)
    if version is not None and referral.version != version:
        raise RuleBroken(_("Somebody changed this referral in the meantime."), code=STALE)
    if referral.state != Referral.State.WAITING:
        raise RuleBroken(_("This referral is answered already: %(state)s.") % {"state": referral.get_state_display()})
    referral.state, referral.answered_by, referral.answered_at, referral.reason = state, by, at, reason
    referral.version += 1
    referral.save(update_fields=["state", "answered_by", "answered_at", "reason", "version"])
    words = {"family": referral.get_family_display(), "state": referral.get_state_display()}
    text = _("Your referral for “%(family)s”: %(state)s.") % words
    notify(users=[referral.referred_by], text=text, url=reverse("referrals"), at=at)
    _record("referral.answered", referral, by=by)
    return referral


@transaction.atomic
def escalate_referrals(*, as_of: datetime) -> int:
    """What no manager answered in time is put before the heads of the branch, once. As often as one likes."""
    late = Referral.objects.overdue(as_of).select_for_update(of=("self",), no_key=True).order_by("pk")
    branches = dict(late.values_list("pk", "customer__branch"))
    Referral.objects.filter(pk__in=branches).update(escalated_at=as_of, version=F("version") + 1)
    told: Counter[int] = Counter()
    leads = heads_of(branches.values())
    for branch in branches.values():
        told.update(head.pk for head in leads.get(branch, ()))
    for head in User.objects.filter(pk__in=told).order_by("pk"):
        count = told[head.pk]
        text = ngettext(
            "%(count)s referral was not answered in time.", "%(count)s referrals were not answered in time.", count
        )
        notify(users=[head], text=text % {"count": count}, url=reverse("referrals"), at=as_of)
    if branches:
        audit.record("referrals.escalated", "referrals", by="managers", count=len(branches))
    return len(branches)


def _managers(customer: Customer) -> list[User]:
    return [customer.manager] if customer.manager and customer.manager.is_active else []


def _heads(customer: Customer) -> list[User]:
    return heads_of([customer.branch_id]).get(customer.branch_id or 0, [])


def _record(action: str, referral: Referral, *, by: User) -> None:
    told = {"family": str(referral.family), "state": str(referral.state)}
    audit.record(action, referral, by=by, customer_id=referral.customer_id, **told)
