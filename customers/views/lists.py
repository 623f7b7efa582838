"""The list of customers, and the transactions of one."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from crm.base.keyset import capped_count
from crm.base.pages import Action, Empty, ListPage
from crm.base.pages.access import Crumb
from crm.base.pages.sheets import is_narrowed
from crm.base.prepared import Prepared, by_key
from customers import lists
from customers.filters import CustomerListFilter, CustomerTransactionFilter, reach_key
from customers.models import Customer, Transaction
from customers.querysets.parties import MATCHES
from customers.tables import CustomerTable, TransactionTable
from customers.views.head import head_of, look
from customers.views.tabs import all_tabs

SHOWN = ("number", "kind", "name", "sort_key", "status", "branch__name", "manager__name", "manager__username")


class CustomerList(ListPage):
    permission = "customers:read"
    title = _("Customers")
    fragment_name = "customers/_rows.html"
    template_name = "customers/list.html"
    queryset = Customer.objects.unmerged().select_related("branch", "manager")
    filterset_class = CustomerListFilter
    table_class = CustomerTable
    ordering = "name"
    prepared = Prepared(lambda: by_key(CustomerList.queryset.only(*SHOWN).annotate(**lists.annotations())))
    actions = [
        Action(_("Find a customer"), "customer_find", icon="id", permission="look-ups:write"),
        Action(_("New customer"), "customer_add", icon="plus", permission="customers:write"),
    ]
    empty = Empty(
        _("No customers in your reach"),
        _("Customers come from the bank's files, or are registered here."),
        Action(_("New customer"), "customer_add", permission="customers:write"),
    )

    @property
    def ordering_fields(self) -> dict[str, Any]:
        return {"name": "sort_key", "number": "number"} | lists.ordering()

    @cached_property
    def rows(self) -> QuerySet:
        return self.plain_rows.annotate(**lists.annotations())

    @cached_property
    def plain_rows(self) -> QuerySet:
        """Without the columns that upper apps add: nobody counts by them."""
        return super().rows

    @property
    def keyed(self) -> QuerySet:
        """The rows get their additions when they are read by key, unless they stand in the order of one."""
        return self.rows if self.order.columns[0] in lists.annotations() else self.plain_rows

    def sheet_key(self) -> str:
        return reach_key("sheet", self.request.user)

    def count(self) -> int:
        """That a reach holds more than is counted is remembered; a number that is shown never is."""
        if self.shown.next is None and self.shown.previous is None and "cursor" not in self.request.GET:
            return len(self.shown.rows)
        if is_narrowed(self.request.GET):
            return capped_count(self.plain_rows)
        return lists.counted(reach_key("many", self.request.user), lambda: capped_count(self.plain_rows))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"is_cut": bool(self.request.GET.get("q")) and context["count"] >= MATCHES}

    def table_options(self) -> dict[str, Any]:
        return {"extra_columns": lists.columns()}


class TransactionList(ListPage):
    """Newest first, under the head of the customer's page."""

    permission = "transactions:read"
    title = _("Transactions")
    template_name = "customers/transactions.html"
    queryset = Transaction.objects.select_related("account")
    filterset_class = CustomerTransactionFilter
    table_class = TransactionTable
    ordering_fields = {"booked_on": "booked_on"}
    ordering = "-booked_on"
    unique_key = ("booked_on", "number")
    empty = Empty(_("No transactions"), _("They come with the bank's files."))

    @cached_property
    def customer(self) -> Customer:
        return get_object_or_404(Customer.objects.open_to(self.request.user), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        look(self.customer, request, "page.transactions")
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        accounts = list(self.customer.holdings.values_list("account_id", flat=True))
        return self.queryset.filter(account_id__in=accounts)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        head = head_of(self.request, self.customer, page_at="../")
        return super().get_context_data(
            customer=self.customer, tabs=all_tabs(self.request.user, self.customer), **head | kwargs
        )

    def get_crumbs(self) -> list[Crumb]:
        here = Crumb(str(self.customer), reverse("customer", args=[self.customer.pk]))
        return [Crumb(_("Customers"), reverse("customers")), here]
