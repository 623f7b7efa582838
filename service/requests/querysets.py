from datetime import date
from typing import Any, Self

from django.db import models

from customers.querysets.parties import OfCustomerQuerySet
from service.requests.words import ENDED, State


class RequestFormQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Self:
        """Of each code the version of a day."""
        newest = self.filter(effective_from__lte=on).order_by("code", "-effective_from", "-number").distinct("code")
        return self.filter(pk__in=newest.values("pk"))


class RequestQuerySet(OfCustomerQuerySet):
    def open(self) -> Self:
        return self.exclude(state__in=ENDED)

    def to_authorise(self) -> Self:
        return self.filter(state=State.REQUESTED)

    def for_change(self, request: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).select_related("customer").get(pk=request.pk)


class OfRequestQuerySet(models.QuerySet):
    """Rows with a `request`."""

    def visible_to(self, user: Any) -> Self:
        requests = self.model._meta.get_field("request").related_model.objects
        return self.filter(request__in=requests.visible_to(user).order_by().values("pk"))
