"""Verbs on prospects: noted, changed, lost, converted. The record of the customer is the one that was typed at first."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer
from customers.querysets.parties import refuse_merged
from customers.services import change_status
from customers.services.versions import STALE, locked
from managers.models import Opportunity, Prospect

SAID = frozenset({"source", "referrer", "stage", "next_step", "next_on"})


@transaction.atomic
def note_prospect(
    *,
    customer: Customer,
    source: str,
    by: User,
    at: datetime,
    referrer: Customer | None = None,
    next_step: str = "",
    next_on: date | None = None,
) -> Prospect:
    """Where somebody comes from and what is next, of a record that is a prospect. Raises RuleBroken."""
    customer = locked(customer, None)
    if customer.status != Customer.Status.PROSPECT:
        raise RuleBroken(_("This is no prospect any more."), field="customer", code="status")
    if Prospect.objects.filter(customer=customer).exists():
        raise RuleBroken(_("This prospect is noted already: change it."), field="customer", code="noted")
    prospect = Prospect(
        customer=customer, source=source, referrer=referrer, next_step=next_step.strip(), next_on=next_on, noted_by=by,
        noted_at=at,
    )  # fmt: skip
    _refuse(prospect, timezone.localdate(at), is_new_day=True)
    _save(prospect)
    _record("prospect.noted", prospect, by=by)
    return prospect


@transaction.atomic
def change_prospect(*, prospect: Prospect, by: User, at: datetime, version: int | None = None, **said: Any) -> Prospect:
    """What is not said stays. It is converted and lost by verbs of their own; a lost one begins anew by another stage."""
    prospect = _for_change(prospect, version)
    if unknown := set(said) - SAID:
        raise TypeError(f"a prospect has no {', '.join(sorted(unknown))} to say")
    if said.get("stage", prospect.stage) not in Prospect.OPEN:
        raise RuleBroken(_("Choose an open stage."), field="stage")
    is_new_day = "next_on" in said and said["next_on"] != prospect.next_on
    for name, value in said.items():
        setattr(prospect, name, value)
    prospect.lost_because = ""
    _refuse(prospect, timezone.localdate(at), is_new_day=is_new_day)
    prospect.version += 1
    _save(prospect)
    _record("prospect.changed", prospect, by=by)
    return prospect


@transaction.atomic
def lose_prospect(*, prospect: Prospect, reason: str, by: User, at: datetime, version: int | None = None) -> Prospect:
    prospect = _for_change(prospect, version)
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason", code="required")
    prospect.stage, prospect.lost_because = Prospect.Stage.LOST, reason.strip()
    prospect.next_step, prospect.next_on = "", None
    prospect.version += 1
    _save(prospect)
    _record("prospect.lost", prospect, by=by)
    return prospect


@transaction.atomic
def convert_prospect(*, prospect: Prospect, by: User, at: datetime, version: int | None = None) -> Prospect:
    """They are a customer from today on: the same record, with all that was typed and said of it."""
    prospect = _for_change(prospect, version)
    day = timezone.localdate(at)
    change_status(customer=prospect.customer, status=Customer.Status.ACTIVE, on=day, by=by, as_of=day)
    prospect.stage, prospect.lost_because = Prospect.Stage.CONVERTED, ""
    prospect.next_step, prospect.next_on = "", None
    prospect.version += 1
    _save(prospect)
    _record("prospect.converted", prospect, by=by)
    return prospect


def _for_change(prospect: Prospect, version: int | None) -> Prospect:
    prospect = Prospect.objects.for_change(prospect)
    refuse_merged(prospect.customer)
    if version is not None and prospect.version != version:
        raise RuleBroken(_("Somebody changed this in the meantime. Look at it again."), code=STALE)
    if prospect.customer.status != Customer.Status.PROSPECT:
        raise RuleBroken(_("This is no prospect any more."), code="status")
    return prospect


def _refuse(prospect: Prospect, day: date, *, is_new_day: bool) -> None:
    if prospect.source not in Opportunity.Source.values:
        raise RuleBroken(_("There is no such source."), field="source")
    if prospect.referrer and prospect.source != Opportunity.Source.REFERRAL:
        raise RuleBroken(_("Only who was referred by a customer has a referrer."), field="referrer")
    if prospect.referrer and prospect.referrer.pk == prospect.customer_id:
        raise RuleBroken(_("Nobody refers themselves."), field="referrer", code="cycle")
    if prospect.next_on and not prospect.next_step:
        raise RuleBroken(_("What is to be done on that day?"), field="next_step", code="required")
    if is_new_day and prospect.next_on and prospect.next_on < day:
        raise RuleBroken(_("The next step is today or later."), field="next_on")


def _save(prospect: Prospect) -> None:
    """The database looks for a cycle, one at a time."""
    try:
        with transaction.atomic():
            prospect.save()
    except IntegrityError as error:
        if getattr(error.__cause__.diag, "constraint_name", "") != "prospect_no_cycle":  # type: ignore[union-attr]
            raise
        text = _(
            "This customer was referred by the prospect, or by somebody whom the prospect referred: that is a circle."
        )
        raise RuleBroken(text, field="referrer", code="cycle") from error


def _record(action: str, prospect: Prospect, *, by: User) -> None:
    """No free words, for they outlive the customer."""
    audit.record(
        action, prospect, by=by, customer_id=prospect.customer_id, source=prospect.source, stage=prospect.stage
    )
