"""What the statements of all months ask of the bank: read once each, however many months are told."""

from datetime import date
from functools import cached_property

from django.conf import settings

from customers.models import Customer, Product
from segmentation.models import SchemeVersion, Tier, ValueVersion
from segmentation.value.assumptions import DEPOSITS, LOANS


class Known:
    @cached_property
    def products(self) -> list[Product]:
        """Those that bring a margin."""
        return list(Product.objects.filter(family__in=(*DEPOSITS, *LOANS)).order_by("pk"))

    @cached_property
    def tiers(self) -> list[tuple[int, str, str]]:
        """(id, code, kind of customer)."""
        return list(Tier.objects.values_list("pk", "code", "scheme__customer_kind"))

    @cached_property
    def versions(self) -> list[ValueVersion]:
        return list(ValueVersion.objects.order_by("effective_from"))

    @cached_property
    def _schemes(self) -> list[tuple[str, date, str]]:
        rows = SchemeVersion.objects.order_by("effective_from", "number")
        return list(rows.values_list("scheme__customer_kind", "effective_from", "currency"))

    def version_on(self, day: date) -> ValueVersion | None:
        return next((each for each in reversed(self.versions) if each.effective_from <= day), None)

    def currencies(self, day: date) -> dict[str, str]:
        """By kind of customer: that of the scheme in force, else the bank's own."""
        own = dict.fromkeys(map(str, Customer.Kind), settings.CRM_BASE_CURRENCY)
        return own | {kind: currency for kind, since, currency in self._schemes if since <= day}
