"""Events: the list, and the page of one with its guests."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty, ListPage
from crm.base.pages.access import Crumb, Text
from managers.events.filters import EventFilter, InvitationFilter
from managers.events.returns import changes_of, cost_per_guest
from managers.events.tables import EventTable, GuestTable
from managers.models import Event, Invitation

NEW = Action(_("Plan an event"), "event_add", icon="plus", permission="event-plans:write")


class EventList(ListPage):
    permission = "events:read"
    title = _("Events")
    queryset = Event.objects.select_related("branch", "host")
    filterset_class = EventFilter
    table_class = EventTable
    ordering_fields = {"starts_at": "starts_at"}
    ordering = "-starts_at"
    actions = [NEW]
    empty = Empty(
        _("No event yet"),
        _("Receptions, dinners, outings: plan one, invite customers, and see who comes."),
        NEW,
        icon="calendar-event",
    )


class OfEvent:
    """Of one event in reach; a plan is changed at its own branch or above it."""

    request: Any
    kwargs: dict[str, Any]
    permission = "event-plans:write"

    @cached_property
    def event(self) -> Event:
        rows = Event.objects.select_related("branch", "host").visible_to(self.request.user)
        if self.permission == "event-plans:write":
            rows = rows.writable_by(self.request.user)
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("Events"), reverse("events")), Crumb(str(self.event), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("event", args=[self.event.pk])


class EventPage(OfEvent, ListPage):
    """Figures count all guests; their names are those in reach."""

    permission = "events:read"
    template_name = "managers/events/event.html"
    queryset = Invitation.objects.select_related("customer__manager", "event", "invited_by")
    filterset_class = InvitationFilter
    table_class = GuestTable
    ordering_fields = {"id": "id"}
    ordering = "-id"
    empty = Empty(_("No guest in your reach"), _("Invite customers of your book or of a segment."), icon="users")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().filter(event=self.event)

    def get_title(self) -> Text:
        return str(self.event)

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("Events"), reverse("events"))]

    @cached_property
    def may_plan(self) -> bool:
        user = self.request.user
        return self.may("event-plans:write") and self.event.branch.path.startswith(user.branch.path)

    def get_actions(self) -> list[Action]:
        held = self.event.state == Event.State.HELD and self.may("gifts:write")
        may_invite = self.may("guests:write") and self.event.state in (Event.State.PLANNED, Event.State.OPEN)
        return [
            *([Action(_("Invite"), self.way("event_invite"), icon="user-plus")] if may_invite else []),
            *([Action(_("Value per guest"), self.way("event_gifts"), icon="gift")] if held else []),
            *([Action(_("Change"), self.way("event_change"), icon="pencil")] if self.may_plan else []),
        ]

    def steps(self) -> list[Action]:
        """What becomes of the event next, for who plans it."""
        if not self.may_plan or not self.event.is_ahead:
            return []
        opens = Action(_("Open for answers"), self.way("event_open"), icon="lock-open", post=True)
        closes = Action(_("Close the answers"), self.way("event_close_answers"), icon="lock", post=True)
        held = Action(_("It was held"), self.way("event_hold"), icon="checks")
        has_begun = self.event.state != Event.State.PLANNED and self.event.starts_at <= timezone.now()
        return [
            closes if self.event.state == Event.State.OPEN else opens,
            *([held] if has_begun else []),
            Action(_("Cancel the event"), self.way("event_cancel"), icon="x"),
        ]

    def way(self, name: str) -> str:
        return reverse(name, args=[self.event.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found: dict[str, Any] = {
            "event": self.event,
            "figures": self.event.invitations.figures(),
            "steps": self.steps(),
        }
        found["quotas"] = list(self.event.quotas.select_related("tier"))
        if self.event.state == Event.State.HELD:
            found["cost_per_guest"] = cost_per_guest(self.event, found["figures"]["attended"])
            found["changes"] = changes_of(self.event, self.request.user)
        return super().get_context_data(**found | kwargs)
