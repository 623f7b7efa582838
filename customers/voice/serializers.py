from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import serializers

from crm.base.serializers import ScopedSlug
from customers.models import Customer, Interaction, Need, Product
from customers.voice.services import note_need


class ScopedKey(serializers.PrimaryKeyRelatedField):
    """Only what the user may see."""

    def get_queryset(self) -> Any:
        request = self.context.get("request")
        rows = super().get_queryset()
        return rows.visible_to(request.user) if request and rows is not None else rows


class NeedSerializer(serializers.ModelSerializer):
    """`family`, or a `product`, whose family it then is. `met_by` is who else meets the need."""

    customer = ScopedSlug(slug_field="number", queryset=Customer.objects.all())
    product = serializers.SlugRelatedField(
        slug_field="code", queryset=Product.objects.all(), required=False, allow_null=True
    )
    family = serializers.ChoiceField(Product.Family.choices, required=False)
    interaction = ScopedKey(queryset=Interaction.objects.all(), required=False, allow_null=True)
    by = serializers.SlugRelatedField(slug_field="username", read_only=True)

    class Meta:
        model = Need
        fields = [
            *("id", "customer", "interaction", "family", "product", "wish", "is_met", "met_by", "quote", "noted_at"),
            *("by", "withdrawn_at"),
        ]
        read_only_fields = ["noted_at", "withdrawn_at"]
        extra_kwargs = {"is_met": {"required": True}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs.get("family") and not attrs.get("product"):
            raise serializers.ValidationError({"family": _("A need is a product and what is wanted of it.")})
        return attrs

    def create(self, validated_data: dict[str, Any]) -> Need:
        return note_need(at=timezone.now(), **validated_data)


class LineSerializer(serializers.Serializer):
    """Null where fewer than five customers said so; a change where either month is hidden."""

    family = serializers.CharField()
    product = serializers.CharField()
    wish = serializers.CharField()
    unmet = serializers.IntegerField(allow_null=True)
    unmet_change = serializers.IntegerField(allow_null=True)
    met = serializers.IntegerField(allow_null=True)
    met_change = serializers.IntegerField(allow_null=True)
    elsewhere = serializers.ListField(child=serializers.CharField())
    quotes = serializers.ListField(child=serializers.CharField())


class NeedReportSerializer(serializers.Serializer):
    month = serializers.SerializerMethodField()
    is_cut = serializers.BooleanField()
    results = LineSerializer(source="lines", many=True)

    def get_month(self, found: Any) -> str:
        return f"{found.month:%Y-%m}"


class MonthQuery(serializers.Serializer):
    """`2026-10`; without it the newest month that can be reported."""

    month = serializers.CharField(required=False, default="", max_length=7)
