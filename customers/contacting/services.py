"""Verbs on what a customer agreed to, what flags they have, and how much risk they may take."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Consent, Customer, Flag, RiskAssessment
from customers.services.versions import locked


@transaction.atomic
def assess_risk(*, customer: Customer, level: int, assessed_on: date, by: User | str, as_of: date) -> RiskAssessment:
    """What was found on `assessed_on`, which is not after `as_of`, today."""
    locked(customer, None)
    if level not in dict(RiskAssessment.LEVELS):
        raise RuleBroken(_("A level is C1 to C5."), field="level")
    if assessed_on > as_of:
        raise RuleBroken(_("An assessment that lies in the future can't be recorded."), field="assessed_on")
    found = RiskAssessment.objects.create(customer=customer, level=level, assessed_on=assessed_on, by=_person(by))
    audit.record("risk.assessed", found, by=by, level=level, assessed_on=str(assessed_on))
    return found


@transaction.atomic
def give_consent(
    *, customer: Customer, purpose: str, channel: str, wording: str, at: datetime, by: User | str
) -> Consent:
    """To a newer wording it takes the place of the one before."""
    wording = wording.strip()
    if not 1 <= len(wording) <= 32:
        raise RuleBroken(_("A text of 1 to %(count)s characters belongs here.") % {"count": 32}, field="wording")
    locked(customer, None)
    before = Consent.objects.open().filter(customer=customer, purpose=purpose, channel=channel).first()
    if before and (before.wording == wording or before.given_at > at):
        raise RuleBroken(_("This consent is given already."), field="channel")
    if before:
        before.withdrawn_at = at
        before.save(update_fields=["withdrawn_at"])
    consent = Consent.objects.create(
        customer=customer, purpose=purpose, channel=channel, wording=wording, given_at=at, by=_person(by)
    )
    said: dict[str, Any] = {"purpose": str(purpose), "channel": str(channel), "wording": wording}
    audit.record("consent.given", consent, by=by, **said)
    return consent


@transaction.atomic
def withdraw_consent(*, consent: Consent, at: datetime, by: User | str) -> Consent:
    consent = Consent.objects.select_for_update(of=("self",), no_key=True).get(pk=consent.pk)
    if consent.withdrawn_at is not None:
        raise RuleBroken(_("This consent is withdrawn already."))
    consent.withdrawn_at = max(at, consent.given_at)
    consent.save(update_fields=["withdrawn_at"])
    said: dict[str, Any] = {"purpose": consent.purpose, "channel": consent.channel}
    audit.record("consent.withdrawn", consent, by=by, **said)
    return consent


@transaction.atomic
def raise_flag(
    *, customer: Customer, kind: str, since: date, source: str, by: User | str, until: date | None = None
) -> Flag:
    """`until` is the first day on which it no longer holds."""
    locked(customer, None)
    if until is not None and until <= since:
        raise RuleBroken(_("A flag can't end before it starts."), field="until")
    others = Flag.objects.filter(customer=customer, kind=kind).exclude(until__lte=since)
    if (others.filter(since__lt=until) if until else others).exists():
        raise RuleBroken(_("On these days the customer has this flag already."), field="kind")
    flag = Flag.objects.create(
        customer=customer, kind=kind, since=since, until=until, source=source.strip(), by=_person(by)
    )
    said: dict[str, Any] = {"flag": str(kind), "since": str(since), "until": str(until) if until else None}
    audit.record("flag.raised", flag, by=by, **said)
    return flag


@transaction.atomic
def end_flag(*, flag: Flag, until: date, by: User | str) -> Flag:
    flag = Flag.objects.select_for_update(of=("self",), no_key=True).get(pk=flag.pk)
    if until < flag.since:
        raise RuleBroken(_("A flag can't end before it starts."), field="until")
    if flag.until is not None and flag.until <= until:
        raise RuleBroken(_("This flag has ended already."), field="until")
    flag.until = until
    flag.save(update_fields=["until"])
    audit.record("flag.ended", flag, by=by, flag=flag.kind, until=str(until))
    return flag


def _person(by: User | str) -> User | None:
    return by if isinstance(by, User) else None
