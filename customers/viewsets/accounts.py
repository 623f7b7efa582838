from django.db.models import Prefetch, QuerySet
from rest_framework.mixins import ListModelMixin

from crm.base.api import ScopedView, ScopedViewSet
from customers.filters import AccountFilter, BalanceFilter, FeeChargeFilter, TransactionFilter
from customers.models import Account, AccountHolder, Balance, FeeCharge, Transaction
from customers.serializers.accounts import (
    AccountSerializer,
    BalanceSerializer,
    FeeChargeSerializer,
    TransactionSerializer,
)


class AccountViewSet(ScopedViewSet):
    resource = "accounts"
    queryset = Account.objects.select_related("product", "branch")
    serializer_class = AccountSerializer
    filterset_class = AccountFilter
    ordering_fields = {"number": "number"}
    ordering = "number"

    def get_queryset(self) -> QuerySet:
        """Holders out of reach are not named."""
        rows = super().get_queryset()
        if getattr(self, "swagger_fake_view", False):
            return rows
        named = AccountHolder.objects.filter(customer__in=_customers_in_reach(self.request.user))
        return rows.prefetch_related(Prefetch("holders", named.select_related("customer")))


def _customers_in_reach(user) -> QuerySet:
    return AccountHolder._meta.get_field("customer").related_model.objects.visible_to(user)


class BalanceViewSet(ListModelMixin, ScopedView):
    """End-of-day balances; each holds until the next one of its account."""

    resource = "balances"
    queryset = Balance.objects.select_related("account")
    serializer_class = BalanceSerializer
    filterset_class = BalanceFilter
    unique_key = ("account_id", "on")
    ordering_fields = {"account": "account_id"}
    ordering = "-account"


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
