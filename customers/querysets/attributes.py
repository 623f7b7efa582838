from collections.abc import Iterable
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from customers.querysets.parties import OfCustomerQuerySet

# foreign keys are checked when a transaction ends: until then nothing else holds an attribute
HELD = "SELECT * FROM customers_attribute WHERE code = ANY (%s) AND retired_at IS NULL ORDER BY id FOR KEY SHARE"


class AttributeQuerySet(models.QuerySet):
    def standing(self) -> Self:
        return self.filter(deleted_at=None)

    def deleted(self) -> Self:
        """Those whose values a worker is taking away."""
        return self.filter(deleted_at__isnull=False).order_by("pk")

    def in_use(self) -> Self:
        return self.filter(retired_at=None)

    def for_change(self, attribute: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).get(pk=attribute.pk)

    def to_write(self, codes: Iterable[str]) -> list[Any]:
        """Those of the codes that are in use; none of them goes before the transaction ends, whoever deletes it meanwhile."""
        return list(self.raw(HELD, [list(codes)]))

    def for_removal(self, attribute: Any) -> Any:
        """None where it is gone, or where somebody writes a value of it at this moment."""
        return self.deleted().select_for_update(of=("self",), skip_locked=True).filter(pk=attribute.pk).first()


class AttributeValueQuerySet(OfCustomerQuerySet):
    def standing(self) -> Self:
        return self.filter(attribute__deleted_at=None)

    def for_change(self, customer: Any) -> Self:
        """Those of the customer, locked until the transaction ends: a worker that takes values away passes them by."""
        return self.filter(customer=customer).order_by("pk").select_for_update(of=("self",), no_key=True)

    def visible_to(self, user) -> Self:
        """No part of an outline."""
        return self.standing().open_to(user)

    def told(self, path: str = "pk") -> ArraySubquery:
        """For an annotation of customers: of each value in use its code and the column that holds it."""
        rows = self.filter(customer=OuterRef(path), attribute__retired_at=None).order_by("attribute__code")
        said = JSONObject(
            code="attribute__code", type="attribute__type", text="text", number="number", day="day", truth="truth"
        )
        return ArraySubquery(rows.values(said=said))
