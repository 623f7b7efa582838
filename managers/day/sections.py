"""What the brief says: who, tier and what is missing, money, what was said, what is open, whom they live with, when, what to mention."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.base.templatetags.frame import said_day
from crm.identity.models import User
from customers.contacting.contactable import flags_of
from customers.labels import heading_of
from customers.life_events.days import said as said_event
from customers.models import Customer, HouseholdMember, Interaction, LifeEvent
from customers.portfolio import courses
from customers.preferences.reading import before_speaking
from managers.day.brief import Section, section
from managers.models import DueContact, Meeting, Opportunity, Task
from segmentation.models import Change
from segmentation.next_product.showing import shown_of
from segmentation.outlook import outlook_of
from segmentation.rules.sentences import money
from segmentation.why import reach, watch

RECENT, OPEN = 5, 8
AHEAD = timedelta(days=60)


def who(customer: Customer, user: User, at: datetime) -> Section | None:
    lines = [
        f"{customer.get_kind_display()} · {customer.get_status_display()}",
        _("Manager: %(manager)s") % {"manager": customer.manager or _("nobody")},
        _("Branch: %(branch)s") % {"branch": customer.branch} if customer.branch else "",
        customer.occupation,
        *(_("Mind: %(flag)s") % {"flag": flag.get_kind_display()} for flag in flags_of(customer, at)),
    ]
    return section(gettext_lazy("Who"), lines, "user")


def tier(customer: Customer, user: User, at: datetime) -> Section | None:
    outlook = outlook_of(customer)
    if outlook is None or outlook.explanation is None or outlook.scheme is None:
        return None
    words = {"tier": outlook.explanation.name, "day": said_day(outlook.explanation.since)}
    lines = [
        _("%(tier)s since %(day)s") % words,
        watch(outlook.watch) if outlook.watch else "",
        reach(outlook.next_step, outlook.scheme) if outlook.next_step else "",
        _("Figures as of %(day)s") % {"day": said_day(outlook.as_of)},
    ]
    return section(gettext_lazy("Tier"), lines, "stairs")


def balances(customer: Customer, user: User, at: datetime) -> Section | None:
    if not user.may("balances:read"):
        return None
    return section(gettext_lazy("Money"), (_said_of(course) for course in courses(customer)), "coins")


def _said_of(course: Any) -> str:
    words = {
        "balance": money(course.last.closing, course.currency),
        "average": money(course.last.average, course.currency),
        "day": said_day(course.last.through),
    }
    said = _("Balance %(balance)s on %(day)s, month average %(average)s") % words
    if course.change is None:
        return said
    return _("%(said)s; %(percent)s %% against a year ago") % {"said": said, "percent": f"{course.change * 100:+.1f}"}


def contacts(customer: Customer, user: User, at: datetime) -> Section | None:
    if not user.may("interactions:read"):
        return None
    rows = Interaction.objects.filter(customer=customer).select_related("by").order_by("-at", "-pk")[:RECENT]
    lines = [
        " · ".join(
            filter(None, [said_day(timezone.localdate(row.at)), str(row.get_channel_display()), str(row.get_outcome_display()), str(row.by or ""), row.note])
        )
        for row in rows
    ]  # fmt: skip
    return section(gettext_lazy("Recent contacts"), lines, "message-2")


def open_matters(customer: Customer, user: User, at: datetime) -> Section | None:
    return section(gettext_lazy("Open"), _open(customer, user, timezone.localdate(at)), "checklist")


def _open(customer: Customer, user: User, today: date) -> Iterator[str]:
    if user.may("cadence:read"):
        for due in DueContact.objects.filter(customer=customer).order_by("due_on"):
            yield _("%(what)s due on %(day)s") % {"what": due.get_what_display(), "day": said_day(due.due_on)}
    if user.may("tasks:read"):
        for task in Task.objects.open().filter(customer=customer)[:OPEN]:
            yield _("%(task)s (by %(day)s)") % {"task": task, "day": said_day(task.due_on)}
    if user.may("opportunities:read"):
        rows = Opportunity.objects.open().filter(customer=customer).select_related("product").order_by("close_on", "pk")
        for row in rows[:OPEN]:
            words = {
                "product": row.product,
                "stage": row.get_stage_display(),
                "amount": money(row.amount, row.currency),
            }
            said = _("Opportunity: %(product)s, %(amount)s, %(stage)s") % words
            yield f"{said} – {row.next_step}" if row.next_step else said


def family(customer: Customer, user: User, at: datetime) -> Section | None:
    """Of the household, those in reach by name, the others as a number."""
    if not user.may("households:read"):
        return None
    today = timezone.localdate(at)
    mine = HouseholdMember.objects.holding(today).filter(customer=customer).first()
    if mine is None:
        return None
    others = HouseholdMember.objects.of(mine.household_id, user).holding(today).exclude(customer=customer)
    lines = [
        str(other.customer) if other.in_reach else _("Somebody out of reach")
        for other in others.select_related("customer")
    ]
    return section(gettext_lazy("Household"), lines, "home")


def dates(customer: Customer, user: User, at: datetime) -> Section | None:
    return section(gettext_lazy("Dates"), _dates(customer, user, timezone.localdate(at)), "calendar-event")


def _dates(customer: Customer, user: User, today: date) -> Iterator[str]:
    if customer.birth_date:
        yield f"{heading_of('birth_date', customer.kind)}: {said_day(customer.birth_date)}"
    if user.may("meetings:read"):
        for meeting in Meeting.objects.ahead(timezone.now()).filter(customer=customer).select_related("manager"):
            yield " · ".join(
                filter(None, [_("Meeting"), moment_in_words(meeting.starts_at), str(meeting.manager), meeting.subject])
            )
    if user.may("life-events:read"):
        for event in LifeEvent.objects.near(today).filter(customer=customer).order_by("on", "pk")[:OPEN]:
            said = " · ".join(filter(None, [str(event.get_kind_display()), event.about]))
            yield f"{said}: {said_event(event.on, event.precision)}"
    if user.may("changes:read"):
        rows = Change.objects.filter(customer=customer, day__gt=today - AHEAD).select_related("rule")
        for change in rows.order_by("-day", "-pk")[:OPEN]:
            yield f"{said_day(change.day)} · {change.rule.name}: {change}"


def moment_in_words(at: datetime) -> str:
    return date_format(timezone.localtime(at), "Y-m-d H:i")


def to_mention(customer: Customer, user: User, at: datetime) -> Section | None:
    return section(gettext_lazy("To mention"), _mentions(customer, user, at), "bulb")


def _mentions(customer: Customer, user: User, at: datetime) -> Iterator[str]:
    for label, value in before_speaking(customer, user):
        yield f"{label}: {value}"
    if user.may("product-answers:read"):
        for each in shown_of(customer, at):
            if each.may_be_offered and not each.is_settled:
                yield f"{each.suggestion.product} – {each.reason}"


SECTIONS = (who, tier, balances, contacts, open_matters, family, dates, to_mention)
