from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from customers.querysets.parties import OfCustomerQuerySet


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

    def for_removal(self, attribute: Any) -> Any:
        """Locked against whoever writes a value of it at this moment; None where it is gone."""
        return self.deleted().select_for_update(of=("self",)).filter(pk=attribute.pk).first()


class AttributeValueQuerySet(OfCustomerQuerySet):
    def standing(self) -> Self:
        return self.filter(attribute__deleted_at=None)

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
