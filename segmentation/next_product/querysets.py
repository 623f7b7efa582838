from datetime import date
from typing import Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject

from customers.querysets.parties import OfCustomerQuerySet


class OfferQuerySet(models.QuerySet):
    def in_force(self, on: date) -> Self:
        """The version of each product that holds on a day, those that offer it no longer too."""
        newest = self.filter(effective_from__lte=on).order_by("product_id", "-effective_from").distinct("product_id")
        return self.filter(pk__in=newest.values("pk"))

    def offered(self, on: date) -> Self:
        return self.in_force(on).exclude(content__contains={"retired": True})


class SuggestionQuerySet(OfCustomerQuerySet):
    def newest(self) -> Self:
        """Those of the newest closed month."""
        months = apps.get_model("segmentation", "ClosedMonth").objects.order_by("-month").values("month")
        return self.filter(month=Subquery(months[:1]))

    def with_state(self, on: date) -> Self:
        """As of a day: `is_held`, `is_offered`, and `said`: the newest answer of the customer about the product, or None."""
        holders = apps.get_model("customers", "AccountHolder").objects.exclude(role="authorised")
        held = holders.filter(account__opened_on__lte=on).exclude(account__closed_on__lte=on)
        offered = apps.get_model("segmentation", "ProductOffer").objects.offered(on)
        answers = apps.get_model("segmentation", "ProductAnswer").objects.filter(
            customer=OuterRef("customer"), product=OuterRef("product")
        )
        said = answers.order_by("-at", "-pk").values(
            said=JSONObject(answer="answer", at="at", reason="reason", rests="rests_until", month="suggestion__month")
        )
        return self.annotate(
            is_held=Exists(held.filter(customer=OuterRef("customer"), account__product=OuterRef("product"))),
            is_offered=Exists(offered.filter(product=OuterRef("product"))),
            said=Subquery(said[:1]),
        )
