"""May this customer be contacted, for this purpose, by this channel, at this moment? The one place that knows."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet, TextChoices
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from customers.models import Consent, ContactChannel, Customer, Flag, Purpose

# channels that ring where the customer is, and the hours in which they don't: in the time zone of the bank
RINGING = (ContactChannel.PHONE, ContactChannel.MESSENGER, ContactChannel.SMS, ContactChannel.VIDEO)
QUIET_FROM, QUIET_UNTIL = 21, 8
# each with the hour before which it ends
PARTS = ((Customer.Time.MORNING, 12), (Customer.Time.AFTERNOON, 18), (Customer.Time.EVENING, 24))
SATURDAY = 5
# whom nobody contacts for what
PAST: Mapping[str, tuple[Purpose, ...]] = {
    Customer.Status.CLOSED: (Purpose.MARKETING, Purpose.SURVEY),
    Customer.Status.DECEASED: tuple(Purpose),
}


class Obstacle(TextChoices):
    STATUS = "status", _("the customer's status")
    FLAG = "flag", _("a flag")
    CONSENT = "consent", _("no marketing consent")
    QUIET_HOURS = "quiet_hours", _("quiet hours")
    PREFERRED_TIME = "preferred_time", _("another time of the customer's choice")


@dataclass(frozen=True)
class Contactable:
    """True, or the first obstacle with the words for it."""

    obstacle: Obstacle | None = None
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.obstacle is None


YES = Contactable()


def contactable(customer: Customer, purpose: str, channel: str, at: datetime) -> Contactable:
    return contactable_by(customer, purpose, at)[channel]


def contactable_by(customer: Customer, purpose: str, at: datetime) -> dict[str, Contactable]:
    """The answer for every channel, in one reading of the customer's flags and one of their consents."""
    always = _whatever_channel(customer, Purpose(purpose), flags_of(customer, at))
    if not always:
        return dict.fromkeys(map(str, ContactChannel), always)
    agreed = set(
        Consent.objects.holding(at).filter(customer=customer, purpose=purpose).values_list("channel", flat=True)
    )
    return {str(channel): _by(channel, Purpose(purpose), agreed, customer, at) for channel in ContactChannel}


def contactable_each(customers: Sequence[Customer], purpose: str, channel: str, at: datetime) -> dict[int, Contactable]:
    """The answer for each of many customers, by their keys, in the same two readings."""
    flags, agreed = defaultdict(list), defaultdict(set)
    keys = [customer.pk for customer in customers]
    for flag in _in_order(Flag.objects.holding(timezone.localdate(at)).filter(customer__in=keys)):
        flags[flag.customer_id].append(flag)
    given = Consent.objects.holding(at).filter(customer__in=keys, purpose=purpose, channel=channel)
    for key in given.values_list("customer_id", flat=True):
        agreed[key].add(str(channel))
    return {
        each.pk: _whatever_channel(each, Purpose(purpose), flags[each.pk])
        and _by(ContactChannel(channel), Purpose(purpose), agreed[each.pk], each, at)
        for each in customers
    }


def flags_of(customer: Customer, at: datetime) -> list[Flag]:
    """Those that hold at the moment, in the order of their kinds."""
    return _in_order(Flag.objects.holding(timezone.localdate(at)).filter(customer=customer))


def _in_order(flags: Iterable[Flag]) -> list[Flag]:
    order = list(Flag.Kind.values)
    return sorted(flags, key=lambda flag: order.index(flag.kind))


def _whatever_channel(customer: Customer, purpose: Purpose, flags: Iterable[Flag]) -> Contactable:
    if purpose in PAST.get(customer.status, ()):
        return Contactable(Obstacle.STATUS, customer.get_status_display())
    forbidding = Flag.forbidding(purpose)
    for flag in flags:
        if flag.kind in forbidding:
            return Contactable(Obstacle.FLAG, flag.get_kind_display())
    return YES


def _by(channel: ContactChannel, purpose: Purpose, agreed: set[str], customer: Customer, at: datetime) -> Contactable:
    if purpose.needs_consent and channel not in agreed:
        return _stopped(Obstacle.CONSENT)
    if not rings(channel, purpose):
        return YES
    if is_quiet(at):
        return _stopped(Obstacle.QUIET_HOURS)
    return YES if customer.preferred_time in ("", *times_of(at)) else _stopped(Obstacle.PREFERRED_TIME)


def _stopped(obstacle: Obstacle) -> Contactable:
    return Contactable(obstacle, obstacle.label)


def rings(channel: str, purpose: str) -> bool:
    """Whether the hour matters: service may ring at any time."""
    return purpose != Purpose.SERVICE and channel in RINGING


def is_quiet(at: datetime) -> bool:
    return not QUIET_UNTIL <= timezone.localtime(at).hour < QUIET_FROM


def times_of(at: datetime) -> list[str]:
    """The part of the day in which the moment lies, and whether it is of the weekend: what a customer may prefer."""
    local = timezone.localtime(at)
    part = next(part for part, end in PARTS if local.hour < end)
    return [part, *([Customer.Time.WEEKEND] if local.weekday() >= SATURDAY else [])]


def whom_to_contact(rows: QuerySet[Customer], purpose: str, channel: str, at: datetime) -> QuerySet[Customer]:
    """The same for a set of customers, in one condition. A property test holds the two equal."""
    if rings(channel, purpose):
        if is_quiet(at):
            return rows.none()
        rows = rows.filter(preferred_time__in=["", *times_of(at)])
    past = [status for status, purposes in PAST.items() if purpose in purposes]
    own = {"customer": OuterRef("pk")}
    flags = Flag.objects.holding(timezone.localdate(at)).filter(**own, kind__in=Flag.forbidding(purpose))
    rows = rows.exclude(status__in=past).exclude(Exists(flags))
    if Purpose(purpose).needs_consent:
        rows = rows.filter(Exists(Consent.objects.holding(at).filter(**own, purpose=purpose, channel=channel)))
    return rows
