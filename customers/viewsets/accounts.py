from django.db.models import Prefetch, QuerySet
from rest_framework.mixins import ListModelMixin

from crm.base.api import ScopedView, ScopedViewSet
from crm.identity.scope import scope_of
from customers.filters import AccountFilter, BalanceFilter, FeeChargeFilter, TransactionFilter
from customers.models import Account, AccountHolder, Balance, Customer, FeeCharge, Transaction
from customers.serializers.accounts import (
    AccountSerializer,
    BalanceSerializer,
    FeeChargeSerializer,
    TransactionSerializer,
)

A_BOOK = 1_000


class AccountViewSet(ScopedViewSet):
    resource = "accounts"
    queryset = Account.objects.select_related("product", "branch", "term")
    serializer_class = AccountSerializer
    filterset_class = AccountFilter
    ordering_fields = {"number": "number"}
    ordering = "number"

    def get_queryset(self) -> QuerySet:
        """Holders out of reach are not named."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        named = AccountHolder.objects.filter(customer__in=Customer.objects.visible_to(self.request.user))
        return rows.prefetch_related(Prefetch("holders", named.select_related("customer")))


class BalanceViewSet(ListModelMixin, ScopedView):
    """End-of-day balances; each holds until the next one of its account."""

    resource = "balances"
    queryset = Balance.objects.select_related("account")
    serializer_class = BalanceSerializer
    filterset_class = BalanceFilter
    unique_key = ("account_id", "on")
    ordering_fields = {"account": "account_id"}
    ordering = "-account"

    def get_queryset(self) -> QuerySet:
        """The accounts of a book are named one by one: then the index is read from one to the next (848 ms to 23)."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False) or scope_of(self.request.user).opens_everything:
            return rows
        accounts = Account.objects.visible_to(self.request.user).values_list("pk", flat=True)
        few = list(accounts[: A_BOOK + 1])
        return rows.filter(account_id__in=few) if len(few) <= A_BOOK else rows


class TransactionViewSet(ListModelMixin, ScopedView):
    """Signed amounts, newest first."""

    resource = "transactions"
    queryset = Transaction.objects.select_related("account")
    serializer_class = TransactionSerializer
    filterset_class = TransactionFilter
    unique_key = ("booked_on", "number")
    ordering_fields = {"date": "booked_on"}
    ordering = "-date"


class FeeChargeViewSet(ScopedViewSet):
    resource = "fee-charges"
    queryset = FeeCharge.objects.select_related("account", "fee")
    serializer_class = FeeChargeSerializer
    filterset_class = FeeChargeFilter
    ordering_fields = {"date": "charged_on"}
    ordering = "-date"
