"""Fields that the interface writes in one way everywhere."""

from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from crm.base.money import minor_unit, rounded


@extend_schema_field(OpenApiTypes.DECIMAL)
class Money(serializers.DecimalField):
    """A string with as many decimals as the currency has; `currency` leads from the row to it ("" is the bank's)."""

    def __init__(self, *, currency: str = "currency", **kwargs: Any) -> None:
        kwargs.setdefault("max_digits", 20)
        kwargs.setdefault("decimal_places", 4)
        super().__init__(**kwargs)
        self.currency = currency

    def get_attribute(self, instance: Any) -> Decimal | None:
        amount = super().get_attribute(instance)
        currency = attrgetter(self.currency)(instance) if self.currency else settings.CRM_BASE_CURRENCY
        return None if amount is None else rounded(amount, currency)

    def to_representation(self, value: Decimal) -> str:
        return f"{value:f}"

    def to_internal_value(self, data: Any) -> Decimal:
        """Written amounts are in the bank's currency, in no more digits than it has."""
        amount = super().to_internal_value(data)
        if amount != rounded(amount, settings.CRM_BASE_CURRENCY):
            text = _("%(currency)s has at most %(digits)s decimals.")
            digits = minor_unit(settings.CRM_BASE_CURRENCY)
            raise serializers.ValidationError(text % {"currency": settings.CRM_BASE_CURRENCY, "digits": digits})
        return amount


class ScopedSlug(serializers.SlugRelatedField):
    """Names a row by its number, code or user name, and only one that the user may see."""

    def get_queryset(self) -> Any:
        rows = super().get_queryset()
        request = self.context.get("request")
        if rows is None or not hasattr(rows, "visible_to"):
            return rows
        return rows.visible_to(request.user) if request else rows.none()
