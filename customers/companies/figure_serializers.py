"""Figures over REST, and what alarms."""

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from crm.base.errors import RuleBroken
from customers.companies.figures import tell_figures
from customers.companies.serializers import STAMPS, NotedSerializer
from customers.companies.sheets import plain
from customers.companies.thresholds import change_threshold
from customers.models import CompanyFigure, Customer, FigureKind
from customers.periods import Period, period_of


class PeriodField(serializers.CharField):
    """2025, 2025-H1, 2025-Q3 or 2025-09; a business year from April 2025-04/12."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return period_of(super().to_internal_value(data))
        except RuleBroken as refusal:
            raise serializers.ValidationError(str(refusal)) from refusal

    def to_representation(self, value: Any) -> str:
        return str(value)


class FigureSerializer(NotedSerializer):
    """`value` null takes a figure back. `change` is a fraction of what it was in the period before."""

    figure = serializers.SlugRelatedField(source="kind", slug_field="code", queryset=FigureKind.objects.all())
    period = PeriodField()
    value = serializers.DecimalField(max_digits=20, decimal_places=4, allow_null=True)
    before = serializers.SerializerMethodField()

    class Meta:
        model = CompanyFigure
        fields = ["id", "customer", "figure", "period", "value", "currency", "before", "since", "through", *STAMPS]
        read_only_fields = ["since", "through", *STAMPS]

    def get_fields(self) -> dict[str, serializers.Field]:
        fields = super().get_fields()
        if isinstance(self.instance, CompanyFigure):
            fields["figure"].read_only = fields["period"].read_only = True
        return fields

    def get_before(self, row: CompanyFigure) -> str | None:
        before = getattr(row, "before", None)
        return None if before is None else f"{before.normalize():f}"

    def to_representation(self, row: CompanyFigure) -> dict[str, Any]:
        value = plain(row)
        return super().to_representation(row) | {"value": None if value is None else f"{value:f}"}

    def create(self, validated_data: dict[str, Any]) -> CompanyFigure:
        return self._tell(
            validated_data["customer"], validated_data["kind"], validated_data.pop("period"), validated_data
        )

    def update(self, instance: Any, validated_data: dict[str, Any]) -> CompanyFigure:
        said = {"value": instance.value, "currency": instance.currency} | validated_data
        return self._tell(instance.customer, instance.kind, Period(instance.since, instance.months), said)

    def _tell(self, customer: Customer, kind: FigureKind, period: Period, said: dict[str, Any]) -> CompanyFigure:
        tell_figures(
            customer=customer,
            period=period,
            values={kind.code: said["value"]},
            currency=said.get("currency", ""),
            by=said["by"],
            at=timezone.now(),
        )
        rows = CompanyFigure.objects.with_before().select_related("customer", "kind", "by")
        return rows.get(customer=customer, kind=kind, since=period.since, months=period.months)


class FigureKindSerializer(serializers.ModelSerializer):
    """PATCH of the thresholds, with a reason: fractions, null for never."""

    name = serializers.CharField(source="__str__", read_only=True)
    reason = serializers.CharField(max_length=200, write_only=True)

    class Meta:
        model = FigureKind
        fields = ["id", "code", "name", "section", "unit", "falls_by", "rises_by", "reason", "version"]
        read_only_fields = ["code", "section", "unit", "version"]

    def get_validators(self) -> list[Any]:
        return []

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "reason" not in attrs:
            raise serializers.ValidationError({"reason": self.fields["reason"].error_messages["required"]})
        return attrs

    def update(self, instance: FigureKind, validated_data: dict[str, Any]) -> FigureKind:
        kept = {"falls_by": instance.falls_by, "rises_by": instance.rises_by}
        return change_threshold(kind=instance, **kept | validated_data)
