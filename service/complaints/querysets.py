from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q, Sum, Value
from django.db.models.functions import Coalesce

from customers.querysets.parties import refuse_merged


class ComplaintQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """As their tickets: never to whom one is about."""
        tickets = self.model._meta.get_field("ticket").related_model.objects
        return self.filter(ticket__in=tickets.visible_to(user).order_by().values("pk"))

    def unanswered(self) -> Self:
        return self.filter(answered_on=None)

    def overdue(self, on: date) -> Self:
        return self.unanswered().filter(due_on__lt=on)

    def under_review(self) -> Self:
        return self.filter(review_above__isnull=False, review_above__decided_on=None)

    def for_change(self, complaint: Any) -> Any:
        """As it is now, locked until the transaction ends. Raises RuleBroken where its customer is history."""
        rows = self.select_for_update(of=("self",), no_key=True).select_related(
            "ticket__customer__branch", "ticket__caller", "ticket__opened_by__branch", "ticket__about"
        )
        found = rows.get(pk=complaint.pk)
        if found.ticket.customer:
            refuse_merged(found.ticket.customer)
        return found


class OfComplaintQuerySet(models.QuerySet):
    """Rows with a `complaint`."""

    def visible_to(self, user: Any) -> Self:
        complaints = self.model._meta.get_field("complaint").related_model.objects
        return self.filter(complaint__in=complaints.visible_to(user).order_by().values("pk"))


class CompensationQuerySet(OfComplaintQuerySet):
    def with_given(self) -> Self:
        """`given`: what the ledger holds of it, reversals taken off; `currency` is the proposal's."""
        entry = apps.get_model("segmentation", "WaiverEntry").objects
        of_it = Q(proposal=OuterRef("proposal")) | Q(reverses__proposal=OuterRef("proposal"))
        booked = entry.filter(of_it).order_by().annotate(one=Value(1)).values("one").annotate(sum=Sum("waived"))
        return self.annotate(
            given=Coalesce(models.Subquery(booked.values("sum")), Decimal(0)), currency=F("proposal__currency")
        )

    def sums(self) -> list[dict[str, Any]]:
        """By currency what was given back of those with something."""
        summed = self.values("currency").annotate(sum=Sum("given")).order_by("currency")
        return [each for each in summed if each["sum"]]
