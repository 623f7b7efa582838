from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from crm.base.serializers import Money
from customers.past.reading import EARLIEST
from customers.past.section_serializers import SectionsSerializer


def yesterday() -> date:
    return timezone.localdate() - timedelta(days=1)


class AsOfQuery(serializers.Serializer):
    """`on` is a day, to its end: yesterday without it."""

    on = serializers.DateField(default=yesterday, validators=[EARLIEST])
    currency = serializers.CharField(required=False, default=settings.CRM_BASE_CURRENCY, min_length=3, max_length=3)

    def validate_on(self, value: date) -> date:
        if value > timezone.localdate():
            raise serializers.ValidationError(_("Nobody knows yet: the day is to come."))
        return value


class RecordAsOfSerializer(serializers.Serializer):
    """Fields are named as the columns of an import file. No contact data: their past is not shown."""

    kind = serializers.CharField()
    name = serializers.CharField()
    status = serializers.CharField()
    sex = serializers.CharField()
    birth_date = serializers.DateField(allow_null=True)
    region = serializers.CharField()
    occupation = serializers.CharField()
    education = serializers.CharField()
    annual_income = Money(currency="", allow_null=True)
    language = serializers.CharField()
    preferred_channel = serializers.CharField()
    preferred_time = serializers.CharField()
    branch = serializers.CharField(source="branch.code", default=None)
    manager = serializers.CharField(source="manager.username", default=None)


class HoldingAsOfSerializer(serializers.Serializer):
    account = serializers.CharField(source="account.number")
    product = serializers.CharField(source="account.product.code")
    role = serializers.CharField()
    share = serializers.DecimalField(max_digits=9, decimal_places=8)
    balance = Money(currency="account.currency", allow_null=True)
    balance_on = serializers.DateField(allow_null=True)


class PileSerializer(serializers.Serializer):
    """Subtotals of the customer's share in one currency."""

    currency = serializers.CharField()
    assets = Money()
    debts = Money()
    holdings = HoldingAsOfSerializer(many=True)


class RateSerializer(serializers.Serializer):
    """Units of the wanted currency for one; `on` is the day of the older rate that it crosses."""

    currency = serializers.CharField()
    rate = serializers.CharField(source="said")
    on = serializers.DateField()


class ConvertedTotalSerializer(serializers.Serializer):
    """Amounts are null where a currency in `missing` has no rate of the day."""

    currency = serializers.CharField()
    on = serializers.DateField()
    assets = Money(allow_null=True)
    debts = Money(allow_null=True)
    rates = RateSerializer(many=True)
    missing = serializers.ListField(child=serializers.CharField())


class AsOfSerializer(SectionsSerializer):
    """`record` is null where the record is younger than the day. Who holds an account is as of today.

    Not `is_whole`: something was erased, or stands with a record that is out of reach; an empty list does not say there was none.
    """

    on = serializers.DateField(source="day")
    record = RecordAsOfSerializer(source="row", allow_null=True)
    holdings = PileSerializer(many=True, source="piles")
    total = ConvertedTotalSerializer()
    is_whole = serializers.BooleanField()
