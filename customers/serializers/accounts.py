from rest_framework import serializers

from crm.base.serializers import Money
from customers.models import Account, AccountHolder, Balance, FeeCharge, Term, Transaction


class HolderSerializer(serializers.ModelSerializer):
    customer = serializers.SlugRelatedField(slug_field="number", read_only=True)

    class Meta:
        model = AccountHolder
        fields = ["customer", "role", "share"]


class TermSerializer(serializers.ModelSerializer):
    class Meta:
        model = Term
        fields = ["matures_on", "rate", "at_end"]


class AccountSerializer(serializers.ModelSerializer):
    product = serializers.SlugRelatedField(slug_field="code", read_only=True)
    branch = serializers.SlugRelatedField(slug_field="code", read_only=True, allow_null=True)
    term = TermSerializer(read_only=True, allow_null=True)
    holders = HolderSerializer(many=True, read_only=True)
    credit_limit = Money(allow_null=True)

    class Meta:
        model = Account
        fields = [
            "id",
            "number",
            "product",
            "currency",
            "opened_on",
            "closed_on",
            "branch",
            "credit_limit",
            "term",
            "holders",
        ]


class OfAccountSerializer(serializers.ModelSerializer):
    """A row of an account, named by its number, with money in the account's currency."""

    account = serializers.SlugRelatedField(slug_field="number", read_only=True)
    currency = serializers.CharField(source="account.currency", read_only=True)


class BalanceSerializer(OfAccountSerializer):
    date = serializers.DateField(source="on")
    balance = Money(source="amount", currency="account.currency")

    class Meta:
        model = Balance
        fields = ["account", "date", "balance", "currency"]


class TransactionSerializer(OfAccountSerializer):
    """`id` is the bank's own, unique in its month."""

    id = serializers.CharField(source="number")
    date = serializers.DateField(source="booked_on")
    amount = Money(currency="account.currency")

    class Meta:
        model = Transaction
        fields = [
            *("id", "account", "date", "amount", "currency", "kind", "counterparty", "description", "channel"),
            "country",
        ]


class FeeChargeSerializer(OfAccountSerializer):
    fee = serializers.SlugRelatedField(slug_field="code", read_only=True)
    date = serializers.DateField(source="charged_on")
    amount = Money(currency="account.currency")
    waived = Money(currency="account.currency")

    class Meta:
        model = FeeCharge
        fields = ["id", "number", "account", "fee", "date", "amount", "waived", "currency", "assessed_on"]
