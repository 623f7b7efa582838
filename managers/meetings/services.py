"""Verbs on meetings: arranged for an hour to come, and cancelled."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from crm.audit import services as audit
from crm.base.errors import RuleBroken
from crm.identity.models import User
from customers.models import Customer
from customers.querysets.parties import refuse_merged
from customers.services.versions import STALE, locked
from managers.models import Meeting

SHORTEST, LONGEST = 5, 600
FARTHEST = timedelta(days=366)


@transaction.atomic
def arrange_meeting(
    *,
    customer: Customer,
    starts_at: datetime,
    minutes: int,
    channel: str,
    by: User,
    at: datetime,
    subject: str = "",
    manager: User | None = None,
) -> Meeting:
    """Of whoever arranges it, or of the manager for whom they do. Raises RuleBroken."""
    customer = locked(customer, None)
    if customer.status in Customer.GONE:
        text = _("Nobody meets a customer with this status: %(status)s.")
        raise RuleBroken(text % {"status": customer.get_status_display()}, field="customer", code="gone")
    if not at < starts_at <= at + FARTHEST:
        raise RuleBroken(_("A meeting lies ahead, within a year."), field="starts_at")
    if not SHORTEST <= minutes <= LONGEST:
        words = {"least": SHORTEST, "most": LONGEST}
        raise RuleBroken(_("It takes from %(least)s to %(most)s minutes.") % words, field="minutes")
    if channel not in Meeting.CHANNELS:
        raise RuleBroken(_("One meets in person, by video or by phone."), field="channel")
    ends_at = starts_at + timedelta(minutes=minutes)
    manager = manager or by
    _refuse_overlap(manager, starts_at, ends_at)
    meeting = Meeting.objects.create(
        customer=customer, manager=manager, starts_at=starts_at, ends_at=ends_at, channel=channel,
        subject=" ".join(subject.split()), made_at=at,
    )  # fmt: skip
    audit.record("meeting.arranged", meeting, by=by, customer_id=customer.pk, starts_at=starts_at.isoformat())
    return meeting


def _refuse_overlap(manager: User, starts_at: datetime, ends_at: datetime) -> None:
    """Whoever arranges two at once waits for the first: the row of the manager is locked."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=manager.pk)
    own = Meeting.objects.standing().filter(manager=manager, starts_at__lt=ends_at, ends_at__gt=starts_at)
    if own.exists():
        raise RuleBroken(_("There is another meeting at this time."), field="starts_at", code="overlap")


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, reason: str, by: User, at: datetime, version: int | None = None) -> Meeting:
    meeting = Meeting.objects.for_change(meeting)
    refuse_merged(meeting.customer)
    if version is not None and meeting.version != version:
        raise RuleBroken(_("Somebody changed this meeting in the meantime."), code=STALE)
    if meeting.cancelled_at is not None:
        raise RuleBroken(_("This meeting is cancelled already."), code="cancelled")
    if meeting.ends_at <= at:
        raise RuleBroken(_("This meeting is over: log the contact instead."), code="over")
    if not reason.strip():
        raise RuleBroken(_("Say why."), field="reason", code="required")
    meeting.cancelled_at, meeting.reason = at, reason.strip()
    meeting.version += 1
    meeting.save(update_fields=["cancelled_at", "reason", "version"])
    audit.record("meeting.cancelled", meeting, by=by, customer_id=meeting.customer_id)
    return meeting
