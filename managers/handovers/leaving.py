"""A manager leaves: whoever follows has the whole book on the day after the last one, and nothing is in between."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.audit import services as audit
from crm.base.days import midnight
from crm.base.errors import RuleBroken
from crm.base.templatetags.frame import said_day
from crm.identity.models import Notification, User
from crm.identity.services.alerts import notify
from crm.identity.services.heads import heads_of
from customers.models import Customer
from customers.services.managers import assign_managers, refuse_assigning
from managers.books.ending import end_assignment, end_dated
from managers.handovers.refusing import refuse_leaver
from managers.models import Absence, Assignment, Leaving
from managers.staff.refusing import refuse_for_book


@transaction.atomic
def record_leaving(
    *, manager: User, last_day: date, successor: User, by: User, at: datetime, reason: str = ""
) -> Leaving:
    """The manager's last day, and who has after it what is left of their book. Raises RuleBroken."""
    refuse_assigning(by)
    list(
        User.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=(manager.pk, successor.pk))
        .order_by("pk")
    )
    if last_day < timezone.localdate(at):
        raise RuleBroken(_("The last day is today or later."), field="last_day")
    if Leaving.objects.standing().filter(manager=manager).exists():
        raise RuleBroken(_("That this manager leaves is on record already."), field="manager")
    _refuse_successor(manager, successor, timezone.localdate(at))
    _refuse_duties(manager, last_day)
    made = Leaving.objects.create(
        manager=manager, last_day=last_day, successor=successor, reason=reason.strip(), made_by=by, made_at=at
    )
    said: dict[str, Any] = {
        "manager": manager.username,
        "successor": successor.username,
        "last_day": last_day.isoformat(),
    }
    audit.record("leaving.recorded", made, by=by, reason=made.reason, **said)
    text = _("You follow %(user)s, whose last day is %(day)s.") % {"user": manager, "day": said_day(last_day)}
    notify(users=[successor], text=text, url=reverse("manager", args=[manager.pk]), at=at)
    return made


def _refuse_successor(manager: User, successor: User, day: date) -> None:
    if successor.pk == manager.pk or not successor.is_active or successor.role != User.Role.MANAGER:
        raise RuleBroken(_("Another relationship manager follows."), field="successor")
    refuse_leaver(manager=successor, customers=(), on=day, field="successor")
    refuse_for_book(manager=successor, of=manager, on=day, field="successor")


def _refuse_duties(manager: User, last_day: date) -> None:
    """Who is to follow somebody else, or to cover beyond the last day, is missed by them."""
    other = Leaving.objects.ahead().filter(successor=manager).select_related("manager").first()
    if other:
        text = _("%(user)s is to follow %(other)s. Name somebody else there first.")
        raise RuleBroken(text % {"user": manager, "other": other.manager}, field="manager")
    cover = Absence.objects.filter(cover=manager, until__gt=last_day).select_related("manager").first()
    if cover and (cover.until - last_day).days > 1:
        text = _("%(user)s covers for %(other)s until %(day)s. Name somebody else there first.")
        words = {"user": manager, "other": cover.manager, "day": said_day(cover.until)}
        raise RuleBroken(text % words, field="last_day")


@transaction.atomic
def call_off_leaving(*, leaving: Leaving, by: User, at: datetime) -> Leaving:
    """They stay after all, or came back."""
    refuse_assigning(by)
    leaving = Leaving.objects.for_change(leaving)
    if leaving.called_off_at:
        raise RuleBroken(_("This has ended already."))
    leaving.called_off_at = at
    leaving.save(update_fields=["called_off_at"])
    audit.record("leaving.called_off", leaving, by=by, manager=leaving.manager.username)
    return leaving


def hand_over_leavers(*, as_of: datetime) -> int:
    """The books of those whose last day is past go to their successors; how many managers left. As often as one likes."""
    due = Leaving.objects.ahead().filter(last_day__lt=timezone.localdate(as_of)).select_related("manager", "successor")
    return sum(_try(each, as_of) for each in due.order_by("last_day", "pk"))


def _try(leaving: Leaving, as_of: datetime) -> bool:
    """One whose successor can't have customers any more holds up nobody else: the heads hear of it once a day."""
    try:
        return _hand_over(leaving, as_of)
    except RuleBroken as refusal:
        words = {"user": leaving.manager, "why": refusal}
        text = (_("The book of %(user)s, who has left, is not handed over: %(why)s") % words)[:300]
        branch = leaving.manager.branch_id
        heads = heads_of([branch]).get(branch, []) if branch else []
        told = Notification.objects.filter(text=text, at__gte=midnight(timezone.localdate(as_of)))
        heads = [head for head in heads if not told.filter(user=head).exists()]
        notify(users=heads, text=text, url=reverse("manager", args=[leaving.manager_id]), at=as_of)
        return False


@transaction.atomic
def _hand_over(leaving: Leaving, as_of: datetime) -> bool:
    """Done when nobody is left in the book: a record that somebody is changing goes the next time."""
    leaving = Leaving.objects.for_change(leaving)
    if leaving.done_at or leaving.called_off_at:
        return False
    keys = Customer.objects.unmerged().filter(manager=leaving.manager, erased_on=None).values_list("pk", flat=True)
    customers, manager = list(keys), leaving.manager
    moved = assign_managers(
        managers=dict.fromkeys(customers, leaving.successor),
        by="night",
        at=as_of,
        reason=leaving.reason,
        instead_of=[manager],
    )
    _tell(leaving, len(moved), as_of)
    if len(moved) < len(customers):
        return False
    _end_duties(manager, as_of)
    leaving.done_at = as_of
    leaving.save(update_fields=["done_at"])
    audit.record("leaving.done", leaving, by="night", manager=manager.username, customers=len(customers))
    return True


def _tell(leaving: Leaving, count: int, as_of: datetime) -> None:
    if count:
        text = ngettext(
            "%(count)s customer of %(user)s is yours now.", "%(count)s customers of %(user)s are yours now.", count
        )
        said = text % {"count": count, "user": leaving.manager}
        notify(users=[leaving.successor], text=said, url=reverse("managers"), at=as_of)


def _end_duties(manager: User, as_of: datetime) -> None:
    day = timezone.localdate(as_of)
    beside = Assignment.objects.unended(day).exclude(role=Assignment.Role.PRIMARY).filter(manager=manager)
    for assignment in beside.order_by("pk"):
        end_assignment(assignment=assignment, by="night", at=as_of)
    for absence in Absence.objects.unended(day).filter(manager=manager).order_by("pk"):
        end_dated(row=absence, by="night", at=as_of)
