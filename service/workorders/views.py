"""Work orders: the list, one with its history, and what a department or whoever opened it does with it."""

from datetime import timedelta
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, Text
from service.models import WorkOrder
from service.workorders import services
from service.workorders.filters import WorkOrderFilter
from service.workorders.forms import PassOnForm, VersionForm, WordsForm
from service.workorders.shown import COLOURS, customer_said, matter_said
from service.workorders.tables import WorkOrderTable
from service.workorders.words import State

ORDERS = (_("Work orders"), "work_orders")
WRITES = "work-orders:write"
ROWS = WorkOrder.objects.select_related("customer", "ticket", "request", "team", "branch", "taken_by", "opened_by")
CHOOSE = {"which", "state"}


class OrderList(ListPage):
    """What is due first stands first; open ones, unless one asks for others."""

    permission = "work-orders:read"
    title = _("Work orders")
    parents = [(_("Tickets"), "tickets")]
    queryset = ROWS
    filterset_class = WorkOrderFilter
    table_class: ClassVar[type[WorkOrderTable]] = WorkOrderTable
    ordering_fields = {"due_at": "due_at"}
    ordering = "due_at"
    empty = Empty(
        _("No work order is open"),
        _(
            "What departments do for a ticket or a request stands here until it is done. It is asked for on the page of the ticket or request."
        ),
        icon="clipboard-list",
    )

    @cached_property
    def rows(self) -> QuerySet:
        is_default = not any(self.request.GET.get(name) for name in CHOOSE)
        return super().rows.open() if is_default else super().rows


class OrderPage(DetailPage):
    permission = "work-orders:read"
    reads_are_logged = True
    template_name = "service/workorders/order.html"
    context_object_name = "order"
    queryset = ROWS.prefetch_related("steps__by")
    object: WorkOrder

    def get_title(self) -> Text:
        return f"{self.object} {self.object.what}"

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(ORDERS[0], reverse("work_orders"))]

    def get_actions(self) -> list[Action]:
        order, user = self.object, self.request.user
        if not self.may(WRITES) or not order.is_open:
            return []
        found = []
        if order.state != State.RETURNED and services.works_on(user, order):
            if order.state == State.OPEN:
                found.append(self._action(_("Take it"), "work_order_take", "hand-grab"))
            found.append(self._action(_("Done"), "work_order_finish", "circle-check"))
            found.append(self._action(_("Give back"), "work_order_give_back", "arrow-back-up"))
        if services.orders_on(user, order):
            if order.state == State.RETURNED:
                found.append(self._action(_("Pass on"), "work_order_pass_on", "arrow-right"))
            found.append(self._action(pgettext_lazy("a work order", "Cancel the order"), "work_order_cancel", "x"))
        return found

    def _action(self, label: Text, name: str, icon: str) -> Action:
        return Action(label, reverse(name, args=[self.object.pk]), icon=icon, dialog=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {
            "customer": customer_said(self.object, self.request.user),
            "matter": matter_said(self.object),
            "colour": COLOURS[State(self.object.state)],
        }
        return super().get_context_data(**context | kwargs)


class OfOrder(FormPage):
    permission = WRITES

    @cached_property
    def order(self) -> WorkOrder:
        rows = WorkOrder.objects.visible_to(self.request.user).select_related("customer", "team", "branch")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {"version": self.order.version}

    def get_crumbs(self) -> list[Crumb]:
        return [Crumb(ORDERS[0], reverse("work_orders")), Crumb(str(self.order), self.get_success_url())]

    def get_success_url(self) -> str:
        """Who passed it on may see it no more."""
        seen = WorkOrder.objects.visible_to(self.request.user).filter(pk=self.order.pk).exists()
        return reverse("work_order", args=[self.order.pk]) if seen else reverse("work_orders")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        intro = f"{self.order.department}: {self.order.what}"
        return super().get_context_data(**{"intro": intro, "cancel_url": self.get_success_url()} | kwargs)

    def said(self, form: BaseForm) -> dict[str, Any]:
        return {"order": self.order, "by": self.request.user, "at": timezone.now()} | form.cleaned_data


class Take(OfOrder):
    title, submit, done = _("Take the order"), _("Take it"), _("It is in your hands.")
    form_class = VersionForm

    def perform(self, form: BaseForm) -> WorkOrder:
        return services.take(**self.said(form))


class Finish(OfOrder):
    title, submit, done = _("The order is done"), _("Done"), _("Done.")
    form_class = WordsForm

    def perform(self, form: BaseForm) -> WorkOrder:
        return services.finish(**self.said(form))


class GiveBack(OfOrder):
    title, submit, done = _("Give the order back"), _("Give back"), _("Given back. Whoever opened it is told.")
    form_class = WordsForm

    def perform(self, form: BaseForm) -> WorkOrder:
        return services.give_back(**self.said(form))


class PassOn(OfOrder):
    title, submit, done = _("Pass the order on"), _("Pass on"), _("Passed on.")
    form_class = PassOnForm

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"due_at": timezone.localtime() + timedelta(days=1)}

    def perform(self, form: BaseForm) -> WorkOrder:
        said = self.said(form)
        team, branch = said.pop("team"), said.pop("branch")
        return services.pass_on(to=team or branch, **said)


class Cancel(OfOrder):
    title, submit, done = (
        pgettext_lazy("a work order", "Cancel the order"),
        pgettext_lazy("a work order", "Cancel the order"),
        _("The order is cancelled."),
    )
    form_class = WordsForm

    def perform(self, form: BaseForm) -> WorkOrder:
        return services.cancel_order(**self.said(form))
