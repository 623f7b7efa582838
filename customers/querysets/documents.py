"""Documents in reach: those that stand, and those that end."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count

from crm.identity.scope import scope_of
from customers.querysets.parties import OfCustomerQuerySet


class DocumentQuerySet(OfCustomerQuerySet):
    def visible_to(self, user) -> Self:
        """Who sees customers in outline sees their papers during a verified call."""
        return self.open_to(user)

    def open(self) -> Self:
        """Neither replaced nor closed; expired or not."""
        return self.filter(closed_at=None)

    def closed(self) -> Self:
        return self.filter(closed_at__isnull=False)

    def ending(self, through: date) -> Self:
        """Those of customers who stand that stand and have a last day, on or before the day."""
        return self.open().of_standing().filter(valid_until__lte=through)

    def personal(self) -> Self:
        """By which the customer itself is known, rather than somebody of a company."""
        return self.exclude(type__in=self.model.OF_PEOPLE)

    def with_images(self) -> Self:
        """`image_count`."""
        return self.annotate(image_count=Count("images"))

    def for_change(self, document: Any) -> Any:
        """As it is now, locked until the transaction ends."""
        return self.select_for_update(of=("self",), no_key=True).select_related("customer").get(pk=document.pk)


class DocumentImageQuerySet(models.QuerySet):
    def visible_to(self, user) -> Self:
        return self.filter(scope_of(user).open_q("document__customer__"))

    def without_content(self) -> Self:
        return self.defer("content")
