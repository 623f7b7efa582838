"""The tabs of a customer's page: what everybody sees first, holdings, what upper apps bring, and the changes."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.base.panels import Panel
from crm.base.slots import contributions
from crm.identity.scope import scope_of
from customers import history, portfolio
from customers.completeness.reading import completeness_of
from customers.forms import CurrencyForm
from customers.models import Card, CardOrder, Customer, Loan, StandingOrder
from customers.rates import total_of, valued_on
from customers.views.charts import charts_of
from customers.views.head import preferences_of, record_of
from customers.views.panels import rendered, show

MOST_ORDERS = 10


@dataclass(frozen=True)
class Tab:
    panel: Panel

    @property
    def name(self) -> str:
        return self.panel.name

    @property
    def title(self) -> str | Promise:
        return self.panel.title

    def rendered(self, request: HttpRequest, customer: Customer) -> str:
        shown = show(self.panel, request, customer)
        return shown.html if shown else ""


def _overview(request: Any, customer: Customer) -> dict[str, Any]:
    """The timeline comes by itself, in a moment."""
    step = getattr(customer, "next_step", None)
    return {
        "now": rendered("customer.now", request, customer),
        "next_step": step and _step(date.fromisoformat(step["on"]), step["note"]),
        "courses": charts_of(customer),
        "record": record_of(customer, request.user),
        "completeness": completeness_of(customer, timezone.localdate()),
        "may_change": request.user.may("customers:write") and not customer.merged_into_id,
    }


def _outline(request: Any, customer: Customer) -> dict[str, Any]:
    step = getattr(customer, "next_step", None)
    return {
        "next_step": step and _step(date.fromisoformat(step["on"]), step["note"]),
        "record": preferences_of(customer),
        "may_call": request.user.may("calls:write"),
    }


def _step(on: date, note: str) -> dict[str, Any]:
    return {"on": on, "note": note, "is_late": on < timezone.localdate()}


def _holdings(request: Any, customer: Customer) -> dict[str, Any]:
    piles = portfolio.piles(customer)
    accounts = [holding.account_id for pile in piles for holding in pile.holdings]
    form = CurrencyForm({"currency": request.GET.get("currency", "")})
    chosen = form.cleaned_data["currency"] if form.is_valid() else settings.CRM_BASE_CURRENCY
    return {
        "form": form,
        "total": total_of(piles, chosen, valued_on()),
        "piles": piles,
        "may_print": request.user.may("statements:write"),
        "may_order": request.user.may("card-orders:write") and not customer.merged_into_id,
        "card_orders": CardOrder.objects.filter(customer=customer).select_related("design", "branch")[:MOST_ORDERS]
        if request.user.may("card-orders:read")
        else [],
        "cards": Card.objects.filter(holder__customer=customer).select_related("holder__account").order_by("number"),
        "loans": Loan.objects.filter(account__in=accounts).select_related("account").order_by("-granted_on"),
        "orders": StandingOrder.objects.filter(account__in=accounts).select_related("account").order_by("number"),
    }


def _changes(request: HttpRequest, customer: Customer) -> dict[str, Any]:
    return {"changes": history.changes_of(customer)}


OVERVIEW = Panel("overview", "customers/_overview.html", _overview, _("Overview"))
OUTLINE = Panel("overview", "customers/_outline.html", _outline, _("Overview"), in_outline=True)
HOLDINGS = Panel("holdings", "customers/_holdings.html", _holdings, _("Holdings"), "accounts:read")
CHANGES = Panel("changes", "customers/_changes.html", _changes, _("Changes"))


def all_tabs(user: Any, customer: Customer) -> tuple[Tab, ...]:
    panels = [OVERVIEW, HOLDINGS, *contributions("customer.tabs"), CHANGES]
    if not scope_of(user).opens(customer):
        panels = [OUTLINE, *(panel for panel in panels if panel.in_outline)]
    apply = (panel for panel in panels if panel.applies is None or panel.applies(customer))
    return tuple(Tab(panel) for panel in apply if not panel.permission or user.may(panel.permission))
