"""Cards at the counter: ordered from the customer's page; the branch's queue; printed, handed over, spoilt, cancelled."""

from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, DetailPage, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb
from crm.identity.models import User
from customers.cards import orders
from customers.cards.forms import OrderForm, PrintForm, SlipForm, WhyForm
from customers.cards.spoilt import report_spoilt
from customers.cards.stock import is_over
from customers.cards.tables import CardOrderFilter, CardOrderTable
from customers.models import BlankStock, CardOrder, Customer, Spoilage
from customers.views.change import ChangePage
from customers.views.head import look

ROWS = CardOrder.objects.select_related(
    "customer", "account", "design", "branch", "ordered_by", "printed_by", "closed_by"
)
CARDS = (_("Cards"), "card_orders")


class CardOrderList(ListPage):
    """The queue of the branch: what is to be printed or handed over."""

    permission = "card-orders:read"
    title = _("Cards")
    queryset = ROWS
    filterset_class = CardOrderFilter
    table_class = CardOrderTable
    ordering_fields = {"ordered_at": "ordered_at"}
    ordering = "-ordered_at"
    actions = [
        Action(_("To be done"), "/card-orders/?is_open=true", "list-check"),
        Action(_("Blank cards"), "card_stocks", "stack", "card-stock:read"),
    ]
    empty = Empty(
        _("No card was ordered"), _("Order one on the page of a customer, under Holdings."), icon="credit-card"
    )


class OrderCard(ChangePage):
    permission = "card-orders:write"
    title = _("Order a card")
    submit = _("Order it")
    form_class = OrderForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"customer": self.customer}

    def get_initial(self) -> dict[str, Any]:
        return {"account": self.request.GET.get("account")}

    def perform(self, form: BaseForm) -> CardOrder:
        return orders.order_card(customer=self.customer, by=self.request.user, at=timezone.now(), **form.cleaned_data)

    def form_valid(self, form: BaseForm) -> HttpResponse:
        response = super().form_valid(form)
        return response if form.errors else self.leave(reverse("card_order", args=[self.result.pk]))


class CardOrderPage(DetailPage):
    permission = "card-orders:read"
    queryset = ROWS
    template_name = "customers/cards/order.html"
    parents = [CARDS]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        look(self.object.customer, request, "page.card_order")
        return self.render_to_response(self.get_context_data(object=self.object))

    @cached_property
    def spoilages(self) -> list[Spoilage]:
        return list(self.object.spoilages.select_related("reported_by", "taken_back_by").order_by("pk"))

    @property
    def spoilage(self) -> Spoilage | None:
        """The report that stands."""
        return next((each for each in self.spoilages if each.taken_back_at is None), None)

    def get_actions(self) -> list[Action]:
        order, user = self.object, self.request.user
        if not self.may("card-orders:write") or not order.is_open:
            return []
        if self.spoilage:
            return self.on_report(self.spoilage)
        if order.branch_id != user.branch_id:
            return []
        steps = (
            [("card_print", _("Print"), "printer"), ("card_cancel", _("Cancel the order"), "x")]
            if order.state == CardOrder.State.ORDERED
            else [("card_hand_over", _("Hand over"), "signature"), ("card_spoil", _("It is spoilt"), "trash")]
        )
        return [Action(label, reverse(name, args=[order.pk]), icon=icon) for name, label, icon in steps]

    def on_report(self, report: Spoilage) -> list[Action]:
        user, is_own = self.request.user, report.reported_by_id == self.request.user.pk
        if not is_over(user, self.object.branch):
            return []
        confirm = Action(_("Confirm that it is spoilt"), reverse("spoilage_confirm", args=[report.pk]), icon="checks")
        back = Action(_("It is not spoilt"), reverse("spoilage_take_back", args=[report.pk]), icon="arrow-back-up")
        return [*([] if is_own else [confirm]), *([back] if is_own or user.role == User.Role.HEAD else [])]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order = self.object
        in_reach = Customer.objects.visible_to(self.request.user).filter(pk=order.customer_id).exists()
        left = BlankStock.objects.filter(branch=order.branch, design=order.design).values_list("balance", flat=True)
        found = {
            "order": order,
            "spoilage": self.spoilage,
            "spoilages": self.spoilages,
            "in_reach": in_reach,
            "left": left.first() or 0,
        }
        return super().get_context_data(**found | kwargs)


class OfOrder(FormPage):
    """A step of an order of the own branch."""

    permission = "card-orders:write"

    @cached_property
    def order(self) -> CardOrder:
        return get_object_or_404(ROWS.visible_to(self.request.user), pk=self.kwargs["pk"])

    @property
    def user(self) -> User:
        user: User = self.request.user
        return user

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        look(self.order.customer, request, f"form.{request.resolver_match.url_name}")
        return super().get(request, *args, **kwargs)

    def get_title(self) -> str:
        return f"{self.title} · {self.order} {self.order.embossed_name}"

    def get_crumbs(self) -> list[Crumb]:
        label, url = CARDS
        return [Crumb(label, reverse(url)), Crumb(str(self.order), self.get_success_url())]

    def get_success_url(self) -> str:
        return reverse("card_order", args=[self.order.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.get_success_url(), **kwargs)


class PrintCard(OfOrder):
    title = _("Print")
    submit = _("It is printed")
    intro = _("Put a blank in, let the core send the number to the printer, and look at what came out.")
    form_class = PrintForm

    def perform(self, form: BaseForm) -> CardOrder:
        return orders.print_card(order=self.order, by=self.user, at=timezone.now(), **form.cleaned_data)


class HandOver(OfOrder):
    title = _("Hand over")
    submit = _("It is handed over")
    form_class = SlipForm

    def perform(self, form: BaseForm) -> CardOrder:
        return orders.hand_over(order=self.order, by=self.user, at=timezone.now(), **form.cleaned_data)


class CancelOrder(OfOrder):
    title = _("Cancel the order")
    submit = _("Cancel the order")
    form_class = WhyForm

    def perform(self, form: BaseForm) -> CardOrder:
        return orders.cancel_order(order=self.order, by=self.user, at=timezone.now(), **form.cleaned_data)


class SpoilCard(OfOrder):
    title = _("It is spoilt")
    submit = _("Report it")
    intro = _("A second person of the branch looks at it and confirms; then another card can be ordered.")
    form_class = WhyForm

    def perform(self, form: BaseForm) -> Spoilage:
        stock = get_object_or_404(BlankStock, branch=self.order.branch, design=self.order.design)
        said: dict[str, Any] = {"stock": stock, "order": self.order, "quantity": 1}
        return report_spoilt(by=self.user, at=timezone.now(), **said, **form.cleaned_data)
