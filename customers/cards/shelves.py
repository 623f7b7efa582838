"""Blank cards on pages: what lies where, and how it came to that."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.pages import Action, Empty, FormPage, ListPage
from crm.base.pages.access import Crumb, Text
from customers.cards.designs import save_design
from customers.cards.forms import DesignForm
from customers.cards.tables import BlankMovementTable, BlankStockFilter, BlankStockTable, CardDesignTable
from customers.cards.views import CARDS
from customers.models import BlankMovement, BlankStock, CardDesign, Spoilage

STOCKS = (_("Blank cards"), "card_stocks")


class StockList(ListPage):
    permission = "card-stock:read"
    title = _("Blank cards")
    template_name = "customers/cards/stocks.html"
    parents = [CARDS]
    queryset = BlankStock.objects.select_related("branch", "design")
    filterset_class = BlankStockFilter
    table_class = BlankStockTable
    ordering_fields = {"branch": "branch__path"}
    ordering = "branch"
    actions = [
        Action(_("Receive"), "card_stock_receive", "package-import", "card-stock:write"),
        Action(_("Designs"), "card_designs", "palette", "card-designs:read"),
    ]
    empty = Empty(
        _("No blank card was received"),
        _("Each branch keeps its own: those that come are received here."),
        Action(_("Receive"), "card_stock_receive", permission="card-stock:write"),
        icon="stack",
    )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        lots = BlankMovement.objects.under_way_to(user.branch_id).select_related("stock__branch", "stock__design")
        reports = Spoilage.objects.visible_to(user).waiting().select_related("reported_by", "taken_back_by", "order")
        found = {
            "lots": lots if self.may("card-stock:write") and user.branch_id else [],
            "spoilages": reports.select_related("stock__branch", "stock__design"),
            "user_id": user.pk,
            "may_write": self.may("card-stock:write"),
            "is_head": user.role == user.Role.HEAD,
        }
        return super().get_context_data(**found | kwargs)


class StockPage(ListPage):
    """One design at one branch: the movements, the newest first."""

    permission = "card-stock:read"
    template_name = "customers/cards/stock.html"
    queryset = BlankMovement.objects.select_related("by", "order", "to", "spoilage")
    table_class = BlankMovementTable
    ordering_fields = {"at": "at"}
    ordering = "-at"

    @cached_property
    def stock(self) -> BlankStock:
        rows = BlankStock.objects.visible_to(self.request.user).select_related("branch", "design")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().filter(stock=self.stock)

    def get_title(self) -> Text:
        return str(self.stock)

    def get_crumbs(self) -> list[Crumb]:
        label, url = STOCKS
        return [Crumb(label, reverse(url))]

    def get_actions(self) -> list[Action]:
        if not self.may("card-stock:write") or self.stock.branch_id != self.request.user.branch_id:
            return []
        steps = (
            ("card_stock_count", _("Count"), "list-numbers"),
            ("card_stock_spoil", _("Spoilt ones"), "trash"),
            ("card_stock_send", _("Send to a branch"), "truck"),
        )
        return [Action(label, reverse(name, args=[self.stock.pk]), icon=icon) for name, label, icon in steps]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(stock=self.stock, **kwargs)


class DesignList(ListPage):
    permission = "card-designs:read"
    title = _("Card designs")
    parents = [CARDS, STOCKS]
    queryset = CardDesign.objects.all()
    scoped = False
    table_class = CardDesignTable
    ordering_fields = {"code": "code"}
    ordering = "code"
    actions = [Action(_("New design"), "card_design_add", "plus", "card-designs:write")]
    empty = Empty(_("No card is made here"), _("A policy admin says which cards the branches make."), icon="palette")


class SaveDesign(FormPage):
    permission = "card-designs:write"
    title = _("Card design")
    parents = [CARDS, (_("Card designs"), "card_designs")]
    form_class = DesignForm
    cancel_to = success_url = "card_designs"

    def get_form_kwargs(self) -> dict[str, Any]:
        pk = self.kwargs.get("pk")
        return super().get_form_kwargs() | {"instance": get_object_or_404(CardDesign, pk=pk) if pk else CardDesign()}

    def perform(self, form: BaseForm) -> CardDesign:
        return save_design(design=form.instance, by=self.request.user)
