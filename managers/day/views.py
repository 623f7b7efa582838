"""The day of a manager, workable by keyboard alone, and what one does with its rows."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.business import next_business_moment
from crm.base.pages import Action, FormPage, Page
from crm.base.pages.access import Crumb, Text
from customers.models import Customer, Interaction
from customers.views.interactions import LogInteraction
from managers.cadence.due import is_two_way
from managers.day.drawing import Drawer
from managers.day.forms import DismissForm, SnoozeForm
from managers.day.reading import MOST, Row, day_of, row_of
from managers.day.services import dismiss, snooze
from managers.day.sources import sources
from managers.models import Task
from managers.todo.services import close_task, closing_of
from managers.todo.views import CloseTask

SHOWN = 25
DAY = (pgettext_lazy("a manager's", "My day"), "day")


class DayPage(Page):
    permission = "day:read"
    title = pgettext_lazy("a manager's", "My day")
    template_name = "managers/day/day.html"
    actions = [Action(_("Calendar"), "calendar", icon="calendar-share")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, asked = self.request.user, self.request.GET
        kind, most = asked.get("kind", ""), _count(asked.get("most", ""))
        day = day_of(user, on=timezone.localdate(), most=most, kind=kind)
        shown = {
            "day": day,
            "kind": kind,
            "kinds": tuple(source for source in sources() if user.may(source.permission)),
            "more": min(most + SHOWN, MOST) if day.total > len(day.rows) and most < MOST else 0,
            "rows": Drawer(user, timezone.localdate()).drawn(day.rows),
        }
        return super().get_context_data(**shown | kwargs)


def _count(text: str) -> int:
    return min(max(int(text), SHOWN), MOST) if text.isascii() and text.isdigit() and len(text) < 5 else SHOWN


class OfRow:
    """About one row of the own day, which the address names."""

    request: Any
    permission = "day:write"
    parents: Sequence[tuple[Text, str]] = [DAY]
    cancel_to = "day"

    @cached_property
    def row(self) -> Row:
        row = row_of(self.request.user, self.request.GET.get("row", "")[:96], on=timezone.localdate())
        if row is None:
            raise Http404
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = " · ".join(filter(None, [str(self.row.customer or ""), self.row.reason]))
        return super().get_context_data(**{"intro": intro} | kwargs)  # type: ignore[misc]  # of a page

    def get_success_url(self) -> str:
        return reverse("day")


class SnoozeRow(OfRow, FormPage):
    title = _("Show it again later")
    form_class = SnoozeForm
    submit = _("Put off")
    done = _("It stands here again on that day.")

    def get_initial(self) -> dict[str, Any]:
        return {"until": next_business_moment(timezone.now()).date()}

    def perform(self, form: BaseForm) -> Any:
        return snooze(row=self.row, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class DismissRow(OfRow, FormPage):
    title = _("Nothing to be done")
    form_class = DismissForm
    submit = _("Dismiss")
    done = _("Dismissed.")

    def perform(self, form: BaseForm) -> Any:
        return dismiss(row=self.row, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class LogFromDay(OfRow, LogInteraction):
    """A contact about a row; where both spoke, it closes the task."""

    @cached_property
    def customer(self) -> Customer:  # type: ignore[override]
        rows = Customer.objects.visible_to(self.request.user).select_related("contact")
        return get_object_or_404(rows, pk=self.row.customer_id)

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"purpose": self.row.source.purpose}

    @transaction.atomic
    def perform(self, form: BaseForm) -> Interaction:
        logged = super().perform(form)
        if self.row.is_task and is_two_way(logged) and self.may("tasks:write"):
            self._close(Task.objects.get(pk=self.row.about))
        return logged

    def _close(self, task: Task) -> None:
        """Speaking with somebody does what the task asks, but for what is done in its own place."""
        closing = closing_of(task)
        if closing is None or closing.follow:
            close_task(task=task, state=Task.State.DONE, remark="", by=self.request.user, as_of=timezone.now())


class CloseFromDay(CloseTask):
    """The task of a row, done or dismissed."""

    def get_crumbs(self) -> list[Crumb]:
        label, to = DAY
        return [Crumb(label, reverse(to))]

    def get_success_url(self) -> str:
        return reverse("day")
