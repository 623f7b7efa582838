"""Who works on a ticket: taken, given, dealt out, or moved along with the customer."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from crm.base.errors import RuleBroken
from crm.identity.models import User
from crm.identity.services.alerts import notify
from managers.models import Absence, Assignment
from service.models import DeskProfile, Ticket, TicketQueue, TicketStep
from service.roster.duty import on_duty
from service.tickets.reckoning import reckon
from service.tickets.steps import step_of
from service.tickets.writing import done, for_change, record, refuse_ended, tell
from service.words import Status

Act = TicketStep.Act
DEALT_AT_ONCE = 500


@transaction.atomic
def take_next(*, by: User, at: datetime, queue: TicketQueue | None = None) -> Ticket | None:
    """The one that is due first of those that wait for somebody like them; None where none does. However many ask at once, each gets
    another one."""
    rows = Ticket.objects.visible_to(by).worked_by(by).unassigned().order_by("due_at", "pk")
    if queue:
        rows = rows.filter(queue=queue)
    locked = rows.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related("assignee")
    ticket = locked.first()
    if ticket is None:
        return None
    give([ticket], {ticket.pk: by}, by=by, at=at)
    record("ticket.taken", ticket, by=by)
    return ticket


@transaction.atomic
def assign(*, ticket: Ticket, to: User | None, by: User, at: datetime, version: int | None = None) -> Ticket:
    """To somebody who may work on tickets and reaches the customer; never to whom it complains about. Raises RuleBroken."""
    ticket = for_change(ticket, version)
    refuse_ended(ticket)
    if to and (not to.is_active or not to.may("tickets:write")):
        raise RuleBroken(_("%(user)s does not work on tickets.") % {"user": to}, field="to", code="role")
    if to and not Ticket.objects.visible_to(to).filter(pk=ticket.pk).exists():
        raise RuleBroken(_("%(user)s can't have this ticket.") % {"user": to}, field="to", code="reach")
    told = {"from": ticket.assignee.username if ticket.assignee else "", "to": to.username if to else ""}
    ticket.assignee = to
    if to and ticket.status == Status.NEW:
        ticket.status = Status.OPEN
    Ticket.objects.filter(pk=ticket.pk).update(assignee=to)
    step_of(ticket, Act.ASSIGNED, by=by, at=at, told=told).save()
    done(ticket, at)
    if to and to != by:
        tell([to], ticket, _("A ticket is yours: %(ticket)s"), at)
    record("ticket.assigned", ticket, by=by, **told)
    return ticket


@transaction.atomic
def enqueue(*, ticket: Ticket, queue: TicketQueue, by: User, at: datetime, version: int | None = None) -> Ticket:
    """Into another queue, where it waits for somebody."""
    ticket = for_change(ticket, version)
    refuse_ended(ticket)
    told = {"from": ticket.queue.code if ticket.queue else "", "to": queue.code}
    ticket.queue, ticket.assignee = queue, None
    Ticket.objects.filter(pk=ticket.pk).update(queue=queue, assignee=None)
    step_of(ticket, Act.QUEUED, by=by, at=at, told=told).save()
    done(ticket, at)
    record("ticket.queued", ticket, by=by, **told)
    return ticket


@transaction.atomic
def deal_out(*, at: datetime) -> int:
    """Tickets of queues that are dealt out, the first that is due first, each to whom it leaves the most free; nobody gets more than they
    can carry, who is away gets none, nor who has no shift now where the team's roster is published. How many. As often as one likes."""
    waiting = Ticket.objects.unassigned().filter(queue__is_dealt=True).order_by("due_at", "pk")
    locked = waiting.select_for_update(of=("self",), no_key=True, skip_locked=True).select_related("queue")
    tickets = list(locked[:DEALT_AT_ONCE])
    people = list(_people(at)) if tickets else []
    teams = {each.pk: {team.pk for team in each.user.teams.all()} for each in people}
    free = {each.pk: each.free for each in people}
    duty = on_duty(at) if tickets else {}
    dealt: dict[int, User] = {}
    for ticket in tickets:
        fit = [
            each
            for each in people
            if free[each.pk] > 0 and _fits(each, teams[each.pk], ticket) and _works(each, ticket, duty)
        ]
        if fit:
            found = max(fit, key=lambda each: (free[each.pk] / each.capacity, -each.pk))
            dealt[ticket.pk] = found.user
            free[found.pk] -= 1
    give([ticket for ticket in tickets if ticket.pk in dealt], dealt, by=None, at=at)
    for user, count in Counter(dealt.values()).items():
        text = ngettext("%(count)s ticket was dealt to you.", "%(count)s tickets were dealt to you.", count)
        notify(users=[user], text=text % {"count": count}, url=f"{reverse('tickets')}?assignee={user.username}", at=at)
    return len(dealt)


def _people(at: datetime) -> QuerySet[DeskProfile]:
    rows = DeskProfile.objects.at_work(timezone.localdate(at)).with_load(Ticket.objects.all())
    return rows.select_related("user").prefetch_related("user__teams").order_by("pk")


def _fits(profile: DeskProfile, teams: set[int], ticket: Ticket) -> bool:
    assert ticket.queue
    has_skill = not ticket.queue.skill or ticket.queue.skill in profile.skills
    may_see = profile.user_id != ticket.about_id and profile.user.may("tickets:write")
    return has_skill and may_see and ticket.queue.team_id in teams


def _works(profile: DeskProfile, ticket: Ticket, duty: dict[int, set[int]]) -> bool:
    assert ticket.queue
    return profile.user_id in duty.get(ticket.queue.team_id, {profile.user_id})


def give(tickets: Sequence[Ticket], to: dict[int, User], *, by: User | None, at: datetime) -> None:
    """These locked tickets to these people, at once: new ones are open from then on."""
    steps = []
    for ticket in tickets:
        before, user = ticket.assignee, to[ticket.pk]
        ticket.assignee, ticket.version = user, ticket.version + 1
        ticket.status = Status.OPEN if ticket.status == Status.NEW else ticket.status
        told = {"from": before.username if before else "", "to": user.username}
        steps.append(step_of(ticket, Act.ASSIGNED, by=by, at=at, told=told))
    TicketStep.objects.bulk_create(steps)
    for user in set(to.values()):
        keys = [ticket.pk for ticket in tickets if to[ticket.pk] == user]
        Ticket.objects.filter(pk__in=keys).update(assignee=user, version=F("version") + 1)
    reckon(tickets, at=at)


@transaction.atomic
def follow_managers(
    *, customers: Sequence[int] | None, at: datetime, by_id: int | None = None, reason: str = ""
) -> None:
    """Open tickets that another manager works on go along to who is the customer's manager now, unless that one stands beside them
    or covers for them: slot "customer.managers"."""
    today = timezone.localdate(at)
    beside = Assignment.objects.holding(today).filter(customer=OuterRef("customer"), manager=OuterRef("assignee"))
    covers = Absence.objects.holding(today).filter(manager=OuterRef("customer__manager"), cover=OuterRef("assignee"))
    rows = Ticket.objects.open().exclude(customer__manager=None).exclude(about=F("customer__manager"))
    moved = rows.filter(assignee__role=User.Role.MANAGER).exclude(assignee=F("customer__manager"))
    moved = moved.filter(~Exists(beside), ~Exists(covers), customer__manager__is_active=True)
    if customers is not None:
        moved = moved.filter(customer__in=list(customers))
    locked = moved.select_for_update(of=("self",), no_key=True).select_related(
        "customer__manager", "assignee", "levels"
    )
    tickets = list(locked.order_by("pk"))
    to = {ticket.pk: manager for ticket in tickets if (manager := ticket.customer and ticket.customer.manager)}
    give(tickets, to, by=User.objects.filter(pk=by_id).first() if by_id else None, at=at)
    _tell_moved(Counter(to.values()), at)


def _tell_moved(counts: Counter[Any], at: datetime) -> None:
    for user, count in counts.items():
        text = ngettext("%(count)s open ticket came to you.", "%(count)s open tickets came to you.", count)
        notify(users=[user], text=text % {"count": count}, url=f"{reverse('tickets')}?assignee={user.username}", at=at)
