"""Meetings: the list, arranging one with a customer, and cancelling it."""

from datetime import timedelta
from typing import Any

from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Empty, FormPage, ListPage
from customers.views.change import ChangePage
from managers.meetings.filters import MeetingFilter
from managers.meetings.forms import CancelForm, MeetingForm
from managers.meetings.services import arrange_meeting, cancel_meeting
from managers.meetings.tables import MeetingTable
from managers.models import Meeting


class MeetingList(ListPage):
    permission = "meetings:read"
    title = _("Meetings")
    queryset = Meeting.objects.select_related("customer", "manager")
    filterset_class = MeetingFilter
    table_class = MeetingTable
    ordering_fields = {"starts_at": "starts_at"}
    ordering = "-starts_at"
    empty = Empty(
        _("No meeting is arranged"), _("One is arranged from the brief of a customer."), icon="calendar-event"
    )


class ArrangeMeeting(ChangePage):
    permission = "meetings:write"
    title = _("Arrange a meeting")
    submit = _("Arrange")
    done = _("The meeting stands in your calendar.")
    form_class = MeetingForm

    def get_initial(self) -> dict[str, Any]:
        hour = timezone.localtime().replace(minute=0, second=0, microsecond=0)
        return {"starts_at": hour + timedelta(days=1)}

    def perform(self, form: BaseForm) -> Meeting:
        return arrange_meeting(customer=self.customer, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class CancelMeeting(FormPage):
    permission = "meetings:write"
    title = _("Cancel the meeting")
    submit = _("Cancel the meeting")
    done = _("Cancelled.")
    form_class = CancelForm
    parents = [(_("Meetings"), "meetings")]
    cancel_to = "meetings"

    @cached_property
    def meeting(self) -> Meeting:
        rows = Meeting.objects.visible_to(self.request.user).standing().select_related("customer")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def intro(self) -> str:  # type: ignore[override]
        return f"{self.meeting.customer} · {self.meeting}"

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.meeting.version}

    def perform(self, form: BaseForm) -> Meeting:
        return cancel_meeting(meeting=self.meeting, by=self.request.user, at=timezone.now(), **form.cleaned_data)

    def get_success_url(self) -> str:
        return reverse("meetings")
