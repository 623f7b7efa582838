from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.base.money import rounded
from crm.base.serializers import Money
from segmentation.models import ValueVersion
from segmentation.value.worth import Told, Worth


class ValueVersionSerializer(serializers.ModelSerializer):
    """`content` is "value" of a policy file."""

    class Meta:
        model = ValueVersion
        fields = ["id", "number", "effective_from", "content", "published_at"]


class ValueLinesSerializer(serializers.Serializer):
    """Each line as it adds to the value, so what is taken off is negative; null is not known."""

    month = serializers.DateField()
    currency = serializers.CharField()
    value = Money(allow_null=True)
    lines = serializers.SerializerMethodField()

    @extend_schema_field(serializers.DictField(child=serializers.CharField(allow_null=True)))
    def get_lines(self, told: Told) -> dict[str, str | None]:
        return {line.name: None if line.amount is None else f"{line.amount:f}" for line in told.lines}


class WorthSerializer(serializers.Serializer):
    """`convention` says how the lifetime value counts: the margin of each year at its end."""

    as_of = serializers.DateField()
    months = serializers.ListField(child=serializers.DateField())
    convention = serializers.SerializerMethodField()
    discount_rate = serializers.CharField(source="discount")
    lifetime_value = serializers.SerializerMethodField()
    year = ValueLinesSerializer(allow_null=True)
    by_month = ValueLinesSerializer(many=True)

    @extend_schema_field(str)
    def get_convention(self, worth: Worth) -> str:
        return "margin_at_year_end"

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_lifetime_value(self, worth: Worth) -> str | None:
        if worth.lifetime is None or worth.year is None:
            return None
        return f"{rounded(worth.lifetime, worth.year.currency):f}"


class PartSerializer(serializers.Serializer):
    title = serializers.CharField()
    note = serializers.CharField()
    on = serializers.DateField(allow_null=True)
    amount = serializers.CharField(allow_null=True)


class ValuePartsSerializer(serializers.Serializer):
    """`month` is null for the year; the parts sum to `amount`, null where one of them is not known."""

    line = serializers.CharField()
    month = serializers.DateField(allow_null=True)
    currency = serializers.CharField()
    amount = serializers.CharField(allow_null=True)
    parts = PartSerializer(many=True)


class MonthQuery(serializers.Serializer):
    month = serializers.DateField(required=False, help_text="The first day of a month; without it the year.")
