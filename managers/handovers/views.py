"""Handovers: the list, and one with what goes with it."""

from typing import Any, ClassVar

from django import forms
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb
from managers.books.naming import nameable
from managers.books.views.managers import OfBook
from managers.handovers.filters import HandoverFilter
from managers.handovers.forms import LeavingForm
from managers.handovers.leaving import call_off_leaving, record_leaving
from managers.handovers.tables import HandoverTable
from managers.handovers.watching import change_of
from managers.models import Assignment, Handover, Leaving, Opportunity, Task
from segmentation.decisions.views import crumbs_of

TASKS = (Task.Kind.HANDOVER_MEETING, Task.Kind.HANDOVER_CHECK, Task.Kind.HANDOVER_LOSS)


class HandoverList(ListPage):
    permission = "handovers:read"
    title = _("Handovers")
    queryset = Handover.objects.select_related("customer", "giver", "receiver").with_balance()
    filterset_class = HandoverFilter
    table_class: ClassVar[Any] = HandoverTable
    ordering_fields = {"handed_on": "handed_on"}
    ordering = "-handed_on"
    empty = Empty(
        _("Nobody was handed over"),
        _("A customer who gets another manager stands here, with what the new one has to do."),
        icon="arrows-exchange",
    )


class HandoverPage(DetailPage):
    permission = "handovers:read"
    reads_are_logged = True
    template_name = "managers/handovers/handover.html"
    context_object_name = "handover"
    queryset = Handover.objects.select_related("customer", "giver", "receiver", "made_by").with_balance()
    object: Handover

    def get_title(self) -> str:
        return _("Handover of %(customer)s") % {"customer": self.object.customer}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(_("Handovers"), reverse("handovers")), crumbs_of(self.object.customer)[-1]]

    def get_actions(self) -> list[Action]:
        """The pack, for who has a day of their own to bring it to."""
        key = [self.object.customer_id]
        return [
            Action(_("The pack"), reverse("customer_brief", args=key), "clipboard-text", "day:read"),
            Action(_("PDF"), reverse("customer_brief_pdf", args=key), "printer", "day:read", key="p"),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own, today = self.object, timezone.localdate()
        tasks = Task.objects.filter(customer=own.customer_id, kind__in=TASKS, figures__id=own.pk)
        shown = {
            "tasks": list(tasks.select_related("closed_by").order_by("due_on", "pk")),
            "opportunities": list(Opportunity.objects.filter(pk__in=own.opportunities).select_related("product")),
            "change": change_of(own),
            "is_watched": own.handed_on <= today < own.watched_until,
            "may_close": self.may("tasks:write"),
            "may_read_opportunities": self.may("opportunities:read"),
        }
        return super().get_context_data(**shown | kwargs)


class RecordLeaving(OfBook):
    permission = "leavings:write"
    title = _("The manager leaves")
    form_class = LeavingForm
    submit = _("Record")
    intro = _("From now on they get no new customers. Tasks and open opportunities go with the customers.")

    def get_form_kwargs(self) -> dict[str, Any]:
        people = nameable(self.request.user, Assignment.Role.BACKUP).exclude(pk=self.manager.pk)
        return super().get_form_kwargs() | {"people": people}

    def perform(self, form: BaseForm) -> Leaving:
        return record_leaving(manager=self.manager, by=self.request.user, at=timezone.now(), **form.cleaned_data)


class CallOffLeaving(FormPage):
    permission = "leavings:write"
    title = _("They stay, or came back")
    submit = _("They stay")
    intro = _("The manager may get new customers again. A book that was handed over stays where it is.")
    form_class = forms.Form
    done = _("Saved.")

    @cached_property
    def leaving(self) -> Leaving:
        rows = Leaving.objects.standing().visible_to(self.request.user).select_related("manager")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_success_url(self) -> str:
        return reverse("manager", args=[self.leaving.manager_id])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"cancel_url": self.get_success_url()} | kwargs)

    def perform(self, form: BaseForm) -> Leaving:
        return call_off_leaving(leaving=self.leaving, by=self.request.user, at=timezone.now())
